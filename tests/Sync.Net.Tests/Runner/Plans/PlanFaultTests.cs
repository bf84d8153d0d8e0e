using Sync.Net.Runner;

namespace Sync.Net.Tests.Runner.Plans;

/// <summary>An invalid plan is refused with line, path and remedy.</summary>
public sealed class PlanFaultTests
{
    [Theory]
    [InlineData("", "plan:1: it is empty; a plan is a JSON object")]
    [InlineData("{\n \"roles\": {\n", "plan:3: it is not JSON: ")]
    [InlineData("[]", "plan:1: is a list: write an object { … }")]
    [InlineData("{ }", "plan:1: there are no roles: write \"roles\": { \"server\": { … } }")]
    [InlineData("{ \"roles\": {} }", "plan:1: roles: is empty: name a role")]
    [InlineData("{\n\"roles\": { \"a\": { \"run\": \"x\" } },\n\"roles\": {} }", "plan:3: roles: 'roles' stands here twice: remove one")]
    [InlineData("{ \"role\": { \"a\": { \"run\": \"x\" } } }", "plan:1: role: there is no 'role' here; write 'roles'")]
    [InlineData("{\n\"roles\": {\n\"a\": { \"count\": 0, \"run\": \"x\" } } }", "plan:3: roles.a.count: is 0: write a whole number from 1 to 4096")]
    [InlineData("{ \"roles\": { \"a\": { \"count\": \"2\", \"run\": \"x\" } } }", "plan:1: roles.a.count: is a text: write a whole number from 1 to 4096")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\", \"timeout\": \"soon\" } } }", "plan:1: roles.a.timeout: is 'soon': write seconds such as 90, or \"5m\", \"1h30m\", \"infinite\"")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"\" } } }", "plan:1: roles.a.run: is empty: leave it out, or write a text")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": [\"x\"] } } }", "plan:1: roles.a.run: is a list: write a text")]
    [InlineData("{ \"roles\": { \"a\": { \"command\": [] } } }", "plan:1: roles.a.command: is empty: write the program and its arguments")]
    [InlineData("{ \"roles\": { \"a\": { \"command\": [\"x\", 1] } } }", "plan:1: roles.a.command[1]: is a number: write a text")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\", \"command\": [\"x\"] } } }", "plan:1: roles.a: has both 'run' and 'command': keep one")]
    [InlineData("{ \"roles\": { \"a\": { } } }", "plan:1: roles.a: nothing says what the role 'a' does: write \"run\": \"…\" here, or an action for it")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\", \"essential\": \"yes\" } } }", "plan:1: roles.a.essential: is a text: write true or false")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\", \"environment\": { \"A\": [] } } } }", "plan:1: roles.a.environment.A: is a list: write a text")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\", \"count\": 3, \"ids\": [\"p\", \"q\"] } } }", "plan:1: roles.a.ids: names 2 members, and count is 3: leave count out")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\", \"count\": 2 }, \"a1\": { \"run\": \"x\" } } }", "plan:1: roles.a1: the member 'a1' is there twice (in 'a' too): name others by \"ids\"")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\" } }, \"actions\": [ { \"role\": \"A1\", \"run\": \"x\" } ] }", "plan:1: actions[0]: there is no role 'A1'; there is a")]
    [InlineData("{ \"roles\": { \"client\": { \"run\": \"x\" } }, \"actions\": [ { \"role\": \"clinet\", \"run\": \"x\" } ] }", "plan:1: actions[0]: there is no role 'clinet'; write 'client'")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\" } }, \"actions\": [ { } ] }", "plan:1: actions[0]: does nothing: write \"run\": \"a line for the shell\" or \"command\": [\"program\", \"argument\"]")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\" } }, \"actions\": [ { \"command\": \"deploy_linaro_image\", \"parameters\": {} } ] }", "plan:1: actions[0]: the LAVA action 'deploy_linaro_image' can't be done here: of those with 'parameters' only lava_command_run can; write \"run\": \"…\" instead")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\", \"startAfter\": { \"role\": \"b\" } } } }", "plan:1: roles.a.startAfter: there is no role 'b'; there is a")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\", \"startAfter\": { \"member\": \"b\" } } } }", "plan:1: roles.a.startAfter: there is no member 'b'; there is a")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\", \"startAfter\": { } } } }", "plan:1: roles.a.startAfter: waits for nothing: name a message, a role, a member or a delay")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\", \"startAfter\": { \"member\": \"a\", \"role\": \"a\" } } } }", "plan:1: roles.a.startAfter.member: stands alone: remove 'role' and 'message', or name the role")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\" } }, \"listen\": \"nonsense\" }", "plan:1: listen: is 'nonsense': ")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\" } }, \"master\": \"b\" }", "plan:1: master: there is no member 'b'; there is a")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\" } }, \"endpoint\": \"h:1\", \"master\": \"a\" }", "plan:1: master: would host the server, and 'endpoint' names one that runs already: keep one")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\", \"host\": \"lab9\" } }, \"hosts\": [ { \"name\": \"lab1\" } ] }", "plan:1: roles.a: there is no host 'lab9'; write 'lab1'")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\", \"host\": \"local\", \"tags\": [\"t\"] } } }", "plan:1: roles.a.host: names the host, so 'device', 'type' and 'tags' have no say: remove them")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\", \"device\": \"lab1\", \"count\": 2 } }, \"hosts\": [ { \"name\": \"lab1\" } ] }", "plan:1: roles.a.device: fixes one host, so count must be 1, and is 2: give the others a role of their own, or tags")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\", \"device\": \"lab7\" } }, \"hosts\": [ { \"name\": \"lab1\" } ] }", "plan:1: roles.a: there is no host 'lab7'; write 'lab1'")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\", \"count\": 3, \"type\": \"x86\", \"tags\": [\"10g\"] } }, \"hosts\": [ { \"name\": \"lab1\", \"type\": \"x86\", \"tags\": [\"10g\"] } ] }", "plan:1: roles.a: the role 'a' needs 3 hosts of type x86 with 10g; matching are lab1, which other roles need too or are too few: add hosts, or ask for less")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\", \"tags\": [\"10g\"] } } }", "plan:1: roles.a: the role 'a' needs 1 host with 10g; no host of the inventory matches: add hosts, or ask for less")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\" } }, \"hosts\": [ { \"name\": \"p\", \"local\": true, \"namespace\": \"n\" } ] }", "plan:1: hosts[0]: the host 'p' is reached in 2 ways: keep one of ssh, namespace, local, elsewhere")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\" } }, \"hosts\": [ { } ] }", "plan:1: hosts[0]: has no name: write \"name\": \"…\"")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\" } }, \"hosts\": [ { \"name\": \"p\" }, { \"name\": \"p\" } ] }", "plan:1: the host 'p' is declared twice: give each a name of its own")]
    [InlineData("{ \"device_group\": [ { \"count\": 1 } ] }", "plan:1: device_group[0]: has no role: write \"role\": \"…\"")]
    [InlineData("{ \"device_group\": [], \"roles\": { \"a\": { \"run\": \"x\" } } }", "plan:1: device_group: stands beside 'roles': keep one")]
    [InlineData("{ \"roles\": { \"a\\ud800\": { } } }", "plan:1: a text can't be read: ")]
    public void Plan_ThatCantBeDone_IsRefusedWithLinePathAndRemedy(string plan, string fault)
    {
        PlanException refused = Assert.Throws<PlanException>(() => RunPlan.Parse(plan));

        Assert.Contains(refused.Faults, each => each.ToString().StartsWith(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Plan_WithSeveralFaults_TellsAllInTheOrderOfTheFile()
    {
        PlanException refused = Assert.Throws<PlanException>(() => RunPlan.Parse("{\n\"nmae\": \"x\",\n\"roles\": {\n\"a\": { \"runn\": \"x\" },\n\"b\": { \"count\": -1, \"run\": \"x\" } } }"));

        Assert.Equal([2, 4, 4, 5], refused.Faults.Select(fault => fault.Line));
        Assert.Equal(4, refused.Message.Split('\n').Length);
    }

    [Theory]
    [InlineData("// a comment\n{ \"roles\": { \"a\": { \"run\": \"x\", }, }, }")]
    [InlineData("\ufeff{ \"$schema\": \"plan.schema.json\", \"roles\": { \"a\": { \"run\": \"x\", \"count\": null } } }")]
    public void Plan_MayHoldCommentsTrailingCommasAndNulls(string plan) => Assert.Single(RunPlan.Parse(plan).CreateRun().Members);
}
