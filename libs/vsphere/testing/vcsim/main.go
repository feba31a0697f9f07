// Command vcsim serves VMware's own vCenter simulator to the tests of the collector: a saved inventory, one account,
// optional TLS and scripted faults. It prints {"url": ...} on one line, takes changes of the inventory on standard input
// (commands.go), and ends when that closes, so a crashed test run leaves no server behind.
package main

import (
	"bufio"
	"crypto/tls"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net/url"
	"os"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// faultRule is the JSON form of simulator.FaultInjectionRule; type and name "*" match everything, max 0 is unlimited.
type faultRule struct {
	Method, Type, Name, Kind string
	Skip, Max, DelayMs       int
}

var faultKinds = map[string]types.BaseMethodFault{
	"NotAuthenticated":      &types.NotAuthenticated{},
	"NoPermission":          &types.NoPermission{PrivilegeId: "System.Read"},
	"ManagedObjectNotFound": &types.ManagedObjectNotFound{},
	"HostConnectFault":      &types.HostConnectFault{},
}

func main() {
	load := flag.String("load", "", "folder of saved objects; empty serves the simulator's default model")
	listen := flag.String("l", "127.0.0.1:0", "address to listen on")
	user := flag.String("username", "lunwarden", "the one account")
	pass := flag.String("password", "", "its password")
	secure := flag.Bool("tls", false, "serve https with the simulator's built-in certificate")
	certFile := flag.String("tlscert", "", "certificate in PEM for -tls")
	keyFile := flag.String("tlskey", "", "its private key in PEM")
	version := flag.String("api-version", "8.0.2.0", "newest API version to offer")
	faults := flag.String("faults", "[]", "JSON array of fault rules")
	flag.Parse()

	model := simulator.VPX()
	model.ServiceContent.About.ApiVersion = *version
	defer model.Remove()
	check(create(model, *load))
	check(addFaults(model, *faults))
	if *secure {
		model.Service.TLS = new(tls.Config)
	}
	if *certFile != "" {
		pair, err := tls.LoadX509KeyPair(*certFile, *keyFile)
		check(err)
		model.Service.TLS = &tls.Config{Certificates: []tls.Certificate{pair}}
	}
	model.Service.Listen = &url.URL{Host: *listen, User: url.UserPassword(*user, *pass)}
	server := model.Service.NewServer()
	defer server.Close()
	// The address without the account: what is printed ends up in logs.
	fmt.Printf("{\"url\":%q}\n", server.URL.Scheme+"://"+server.URL.Host+"/sdk")
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		fmt.Println(obey(model.Service.Context, line))
	}
}

func create(model *simulator.Model, folder string) error {
	if folder == "" {
		return model.Create()
	}
	return model.Load(folder)
}

func addFaults(model *simulator.Model, text string) error {
	var rules []faultRule
	if err := json.Unmarshal([]byte(text), &rules); err != nil {
		return err
	}
	for _, rule := range rules {
		fault, known := faultKinds[rule.Kind]
		if !known {
			return fmt.Errorf("unknown fault %q", rule.Kind)
		}
		model.Service.AddFaultRule(&simulator.FaultInjectionRule{
			MethodName: rule.Method, ObjectType: rule.Type, ObjectName: rule.Name,
			FaultType: simulator.FaultTypeCustom, Fault: fault,
			SkipCount: rule.Skip, MaxCount: rule.Max, Delay: rule.DelayMs, Probability: 1, Enabled: true,
		})
	}
	return nil
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
