package main

import (
	"encoding/json"
	"fmt"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// command is one line on standard input: what happens to an object of the inventory. The simulator's own methods for that
// (ReconfigVM_Task, Destroy_Task) need files and devices that a loaded estate does not have.
type command struct {
	Do, Type, Id, Path string
	// Text, Ref and Flag are values for "set"; Host is whose mount "unmount" takes away.
	Text, Ref, Host string
	Flag            *bool
}

func (c command) run(ctx *simulator.Context) error {
	ref := types.ManagedObjectReference{Type: c.Type, Value: c.Id}
	object := ctx.Map.Get(ref)
	if object == nil {
		return fmt.Errorf("%s is not there", ref)
	}
	switch c.Do {
	case "set":
		ctx.WithLock(object, func() { ctx.Update(object, []types.PropertyChange{{Name: c.Path, Val: c.value()}}) })
	case "remove":
		remove(ctx, ref)
	case "unmount":
		ctx.WithLock(object, func() {
			ctx.Update(object, []types.PropertyChange{{Name: "host", Val: unmounted(ctx, ref, c.Host)}})
		})
	default:
		return fmt.Errorf("unknown command %q", c.Do)
	}
	return nil
}

func (c command) value() types.AnyType {
	if c.Flag != nil {
		return *c.Flag
	}
	if c.Ref == "" {
		return c.Text
	}
	return types.ManagedObjectReference{Type: c.Text, Value: c.Ref}
}

// remove also takes the object out of whatever holds it: a view that is made later walks the tree.
func remove(ctx *simulator.Context, ref types.ManagedObjectReference) {
	for _, kind := range []string{"Folder", "ResourcePool", "HostSystem", "Datastore"} {
		for _, holder := range ctx.Map.All(kind) {
			if held := heldBy(ctx.Map.Get(holder.Reference())); held != nil {
				ctx.WithLock(holder, func() { simulator.RemoveReference(held, ref) })
			}
		}
	}
	ctx.Map.Remove(ctx, ref)
}

func heldBy(holder mo.Reference) *[]types.ManagedObjectReference {
	switch one := holder.(type) {
	case *simulator.Folder:
		return &one.ChildEntity
	case *simulator.ResourcePool:
		return &one.Vm
	case *simulator.HostSystem:
		return &one.Vm
	case *simulator.Datastore:
		return &one.Vm
	}
	return nil
}

func unmounted(ctx *simulator.Context, ref types.ManagedObjectReference, host string) []types.DatastoreHostMount {
	datastore := ctx.Map.Get(ref).(*simulator.Datastore)
	mounts := append([]types.DatastoreHostMount{}, datastore.Host...)
	for i := range mounts {
		if mounts[i].Key.Value == host {
			mounts[i].MountInfo.Mounted = types.NewBool(false)
		}
	}
	return mounts
}

// obey runs the commands of one line, a JSON array, and tells what came of it.
func obey(ctx *simulator.Context, line []byte) string {
	var commands []command
	if err := json.Unmarshal(line, &commands); err != nil {
		return fmt.Sprintf("{\"error\":%q}", err)
	}
	for _, one := range commands {
		if err := one.run(ctx); err != nil {
			return fmt.Sprintf("{\"error\":%q}", err)
		}
	}
	return fmt.Sprintf("{\"done\":%d}", len(commands))
}
