// Command goref reads a vCenter with VMware's own Go library, to tell the tests of the collector what a reader that
// shares no line with it finds. One line a row, columns parted by tabs, sorted as bytes; what it cost goes to standard
// error as JSON. It asks for what Lunwarden asks for, in the way that govmomi's documentation shows.
package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net/url"
	"os"
	"sort"
	"strings"
	"syscall"
	"time"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/view"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

func main() {
	address := flag.String("url", "", "address of the vCenter's SDK")
	user := flag.String("username", "", "account")
	pass := flag.String("password", "", "its password")
	readings := flag.Int("readings", 1, "how often to read in this process; the rows are those of the last")
	flag.Parse()

	sdk, err := url.Parse(*address)
	check(err)
	sdk.User = url.UserPassword(*user, *pass)
	start := usage().Maxrss / 1024
	var all []string
	var costs []map[string]int64
	for range *readings {
		before, started := cpuTime(), time.Now()
		all = readOnce(sdk)
		costs = append(costs, map[string]int64{
			"wallMs": time.Since(started).Milliseconds(), "cpuMs": (cpuTime() - before).Milliseconds(),
			"cpuFromStartMs": cpuTime().Milliseconds(), "rssMb": usage().Maxrss / 1024,
		})
	}

	text := strings.Join(all, "\n") + "\n"
	out := bufio.NewWriter(os.Stdout)
	_, err = out.WriteString(text)
	check(err)
	check(out.Flush())
	check(json.NewEncoder(os.Stderr).Encode(map[string]any{
		"startMb": start, "readings": costs, "rows": len(all), "sha256": fmt.Sprintf("%x", sha256.Sum256([]byte(text))),
	}))
}

// readOnce logs in, reads, logs out and sorts: what a program does that wants the rows.
func readOnce(sdk *url.URL) []string {
	ctx := context.Background()
	client, err := govmomi.NewClient(ctx, sdk, false)
	check(err)
	all := reader{ctx, view.NewManager(client.Client), client.ServiceContent.RootFolder}.rows()
	check(client.Logout(ctx))
	sort.Strings(all)
	return all
}

type reader struct {
	ctx  context.Context
	view *view.Manager
	root types.ManagedObjectReference
}

func (r reader) rows() []string {
	var rows []string
	row := func(columns ...string) { rows = append(rows, strings.Join(columns, "\t")) }
	var vms []mo.VirtualMachine
	r.retrieve("VirtualMachine", &vms, "name", "runtime.host", "datastore", "config.changeVersion",
		"config.instanceUuid", "config.uuid", "config.template", "config.files.vmPathName", "snapshot",
		"runtime.consolidationNeeded", "config.hardware.device")
	var datastores []mo.Datastore
	r.retrieve("Datastore", &datastores, "name", "parent", "info", "host", "summary.accessible", "summary.type",
		"summary.url", "summary.capacity", "summary.freeSpace")
	var hosts []mo.HostSystem
	r.retrieve("HostSystem", &hosts, "name", "parent", "runtime.connectionState", "runtime.inMaintenanceMode",
		"summary.config.product.version", "summary.config.product.build", "summary.hardware.uuid",
		"config.storageDevice.hostBusAdapter", "config.multipathState")
	var datacenters []mo.Datacenter
	r.retrieve("Datacenter", &datacenters, "datastore")
	var tree []mo.ManagedEntity
	r.retrieve("ManagedEntity", &tree, "name", "parent")
	for _, datastore := range datastores {
		datastoreRows(datastore, row)
	}
	names := r.lunNames(hosts)
	for _, vm := range vms {
		vmRows(vm, names, row)
	}
	for _, host := range hosts {
		if host.Config != nil && host.Config.StorageDevice != nil {
			adapterRows(host.Self.Value, host.Config.StorageDevice.HostBusAdapter, row)
		}
	}
	return rows
}

func (r reader) retrieve(kind string, into any, paths ...string) {
	kinds := []string{kind}
	if kind == "ManagedEntity" {
		kinds = []string{"Datacenter", "Folder", "ComputeResource"}
	}
	container, err := r.view.CreateContainerView(r.ctx, r.root, kinds, true)
	check(err)
	check(container.Retrieve(r.ctx, []string{kind}, paths, into))
	check(container.Destroy(r.ctx))
}

// lunNames gives the canonical name of each ScsiLun.uuid, as one host of each cluster knows it.
func (r reader) lunNames(hosts []mo.HostSystem) map[string]string {
	first := map[string]types.ManagedObjectReference{}
	for _, host := range hosts {
		first[host.Parent.Value] = host.Self
	}
	collector := property.DefaultCollector(r.view.Client())
	names := map[string]string{}
	for _, ref := range first {
		var host mo.HostSystem
		check(collector.RetrieveOne(r.ctx, ref, []string{"config.storageDevice.scsiLun", "config.storageDevice.nvmeTopology"}, &host))
		for _, lun := range host.Config.StorageDevice.ScsiLun {
			names[lun.GetScsiLun().Uuid] = lun.GetScsiLun().CanonicalName
		}
	}
	return names
}

func datastoreRows(datastore mo.Datastore, row func(...string)) {
	id := datastore.Self.Value
	row("type", id, datastore.Summary.Type)
	info, isVmfs := datastore.Info.(*types.VmfsDatastoreInfo)
	if !isVmfs || info.Vmfs == nil {
		return
	}
	for _, extent := range info.Vmfs.Extent {
		for _, mount := range datastore.Host {
			row("extent", id, extent.DiskName, mount.Key.Value)
		}
	}
}

func vmRows(vm mo.VirtualMachine, names map[string]string, row func(...string)) {
	id := vm.Self.Value
	for _, datastore := range vm.Datastore {
		row("place", id, datastore.Value)
	}
	if vm.Config == nil {
		return
	}
	for _, device := range vm.Config.Hardware.Device {
		disk, isDisk := device.(*types.VirtualDisk)
		if !isDisk {
			continue
		}
		if raw, isRaw := disk.Backing.(*types.VirtualDiskRawDiskMappingVer1BackingInfo); isRaw {
			row("raw", id, names[raw.LunUuid])
		}
	}
}

func adapterRows(host string, adapters []types.BaseHostHostBusAdapter, row func(...string)) {
	for _, adapter := range adapters {
		switch one := adapter.(type) {
		case *types.HostFibreChannelHba:
			row("adapter", host, fmt.Sprintf("%016x", uint64(one.PortWorldWideName)))
		case *types.HostInternetScsiHba:
			row("adapter", host, one.IScsiName)
		}
	}
}

func usage() syscall.Rusage {
	var used syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &used))
	return used
}

func cpuTime() time.Duration {
	used := usage()
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
