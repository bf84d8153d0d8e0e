using Sync.Net.Runner;

namespace Sync.Net.Tests.Runner.Plans;

public sealed class RunPlanTests
{
    [Fact]
    public void L7_RolesWithCounts_MakeMembersOfEachRole()
    {
        MultiHostRun run = RunPlan.Parse("""
            {
              "name": "pair", "timeout": "1h30m", "listen": "127.0.0.1:7000", "advertise": "10.0.0.1",
              "roles": {
                "server": { "essential": true, "run": "echo server", "timeout": 5, "environment": { "PORT": 5201 } },
                "client": { "count": 2, "command": ["iperf", "-c", "a b"], "startAfter": { "message": "ready", "role": "server", "delay": "2s" }, "collect": ["*.log"] }
              }
            }
            """).CreateRun();

        Assert.Equal("pair", run.Name);
        Assert.Equal(TimeSpan.FromMinutes(90), run.Timeout);
        Assert.Equal("127.0.0.1:7000", run.Listen);
        Assert.Equal("10.0.0.1", run.Advertise);
        Assert.Equal(["server", "client1", "client2"], run.Members.Select(member => member.Id));
        Assert.Equal(["server", "client", "client"], run.Members.Select(member => member.Role));
        Assert.Equal([true, false, false], run.Members.Select(member => member.Essential));
        Assert.All(run.Members, member => Assert.Same(RunHost.Local, member.Host));
        Assert.Equal(["sh", "-c", "echo server"], run.Members[0].Command);
        Assert.Equal("5201", run.Members[0].Environment["PORT"]);
        Assert.Equal(TimeSpan.FromSeconds(5), run.Members[0].Timeout);
        Assert.Equal(["iperf", "-c", "a b"], run.Members[2].Command);
        Assert.Equal(["*.log"], run.Members[2].Collect);
        Assert.Equal(StartCondition.AfterMessage("ready", "server") with { Delay = TimeSpan.FromSeconds(2) }, run.Members[1].StartAfter);
    }

    [Fact]
    public void L7_ActionWithoutARole_RunsOnEveryRoleInItsPlace()
    {
        MultiHostRun run = RunPlan.Parse("""
            {
              "roles": { "a": {}, "b": { "run": "own" } },
              "actions": [ { "run": "first" }, { "role": "a", "command": ["it's", "two words"] }, { "roles": ["a", "b"], "run": "last" } ]
            }
            """).CreateRun();

        Assert.Equal(["sh", "-c", "set -e\n(\nfirst\n)\n'it'\\''s' 'two words'\n(\nlast\n)"], run.Members[0].Command);
        Assert.Equal(["sh", "-c", "set -e\n(\nown\n)\n(\nfirst\n)\n(\nlast\n)"], run.Members[1].Command);
    }

    [Fact]
    public void L7_DeviceGroupOfLava_IsReadAsItIs()
    {
        const string Plan = """
            {
              "job_name": "multinode",
              "timeout": 18000,
              "device_group": [
                { "role": "server", "count": 1, "device_type": "beaglebone-black", "tags": ["use-mmc"] },
                { "role": "client", "count": 2, "device_type": "beaglebone-black" }
              ],
              "hosts": [
                { "name": "bbb1", "local": true, "type": "beaglebone-black", "tags": ["use-mmc", "hdmi"] },
                { "name": "bbb2", "namespace": "b2", "device_type": "beaglebone-black" },
                { "name": "bbb3", "ssh": "root@bbb3", "device_type": "beaglebone-black" },
                { "name": "panda", "device_type": "panda" }
              ],
              "actions": [ { "command": "lava_command_run", "parameters": { "commands": ["one", "two"], "role": "client" } }, { "role": "server", "run": "serve" } ]
            }
            """;

        MultiHostRun run = RunPlan.Parse(Plan).CreateRun();

        Assert.Equal("multinode", run.Name);
        Assert.Equal(TimeSpan.FromHours(5), run.Timeout);
        Assert.Equal([("server", "local"), ("client1", "b2"), ("client2", "root@bbb3")], run.Members.Select(member => (member.Id, member.Host.Name)));
        Assert.Equal(["sh", "-c", "set -e\none\ntwo"], run.Members[1].Command);
    }

    [Fact]
    public void Roles_TakeHostsSoThatAllGetOne_WhateverTheirOrder()
    {
        // Taken in order, "any" would get h1 and "fast" nothing.
        MultiHostRun run = RunPlan.Parse("""
            {
              "roles": { "any": { "count": 2, "run": "x" }, "fast": { "tags": ["10g"], "run": "x" } },
              "hosts": [ { "name": "h1", "tags": ["10g"], "ssh": "u@h1" }, { "name": "h2", "tags": [] }, { "name": "h3" } ]
            }
            """).CreateRun();

        Assert.Equal(["u@h1"], run.Members.Where(member => member.Role == "fast").Select(member => member.Host.Name));
        Assert.Equal(["h2", "h3"], run.Members.Where(member => member.Role == "any").Select(member => member.Host.Name).Order());
    }

    [Fact]
    public void Device_FixesTheHost_AndOthersKeepOffIt()
    {
        MultiHostRun run = RunPlan.Parse("""
            {
              "roles": { "any": { "run": "x" }, "fixed": { "device": "h1", "run": "x" }, "beside": { "host": "h1", "run": "x" } },
              "hosts": [ { "name": "h1" }, { "name": "h2" } ]
            }
            """).CreateRun();

        Assert.Equal(["h2", "h1", "h1"], run.Members.Select(member => member.Host.Name));
    }

    [Fact]
    public void V2_HostElsewhere_NeedsNoCommand() =>
        Assert.Empty(Assert.Single(RunPlan.Parse("""{ "roles": { "a": { "device": "lab" } }, "hosts": [ { "name": "lab", "elsewhere": true } ] }""").CreateRun().Members).Command);

    [Fact]
    public void Ids_NameTheMembers() =>
        Assert.Equal(["x#1", "x#2"], RunPlan.Parse("""{ "roles": { "a": { "ids": ["x#1", "x#2"], "run": "r" } } }""").CreateRun().Members.Select(member => member.Id));

    [Fact]
    public void Load_TakesTheInventoryAndLooksForFilesBesideThePlan()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            string plan = Path.Combine(folder.FullName, "my.json");
            File.WriteAllText(plan, """{ "roles": { "a": { "type": "t", "files": ["data.txt"], "run": "x" } } }""");
            string inventory = Path.Combine(folder.FullName, "hosts.json");
            File.WriteAllText(inventory, """{ "hosts": [ { "name": "h1", "type": "t" } ] }""");

            PlanException missing = Assert.Throws<PlanException>(() => RunPlan.Load(plan, inventory));
            File.WriteAllText(Path.Combine(folder.FullName, "data.txt"), "");
            RunPlan read = RunPlan.Load(plan, inventory);

            Assert.Contains("names 'data.txt', and there is no file", Assert.Single(missing.Faults).Text, StringComparison.Ordinal);
            Assert.Equal("my", read.Name);
            RunMember member = Assert.Single(read.CreateRun().Members);
            Assert.Equal("h1", member.Host.Name);
            Assert.Equal([Path.Combine(folder.FullName, "data.txt")], member.Files);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
