using System.Text.Json;
using Sync.Net.Runner;

namespace Sync.Net.Tests.Runner.Plans;

/// <summary>What a plan itself declares and can never be met is warned of.</summary>
public sealed class NeverMetTests
{
    [Theory]
    [InlineData("syncnet barrier start --roster a,b1", null)]
    [InlineData("syncnet barrier start --roster a,nobody", "--roster a,nobody names nobody, whom the plan does not have, so the wait is never met; there is a, b1, b2")]
    [InlineData("cd /tmp && LANG=C /usr/bin/syncnet data --roster=b1,b3 s 'v'", "--roster b1,b3 names b3, whom the plan does not have, so the wait is never met; there is a, b1, b2")]
    [InlineData("syncnet count wait --participants 3", null)]
    [InlineData("if true; then syncnet count wait --participants 4; fi", "--participants 4 waits for more members than there are (3), so it is never met: write at most 3")]
    [InlineData("syncnet count init 2 x", null)]
    [InlineData("syncnet count init 3 x", "count init 3 waits for more members than there are (2 beside itself), so it is never met: write at most 2")]
    [InlineData("syncnet count init --members a,c x", "--members a,c names c, whom the plan does not have, so the wait is never met; there is a, b1, b2")]
    [InlineData("emulab-sync -i 2", null)]
    [InlineData("emulab-sync -n x -i 5", "emulab-sync -i 5 waits for more members than there are (2 beside itself), so it is never met: write at most 2")]
    [InlineData("lava-wait-all ready b", null)]
    [InlineData("lava-wait-all ready clients", "waits for the role 'clients', which nobody has, so it is never met; there is a, b")]
    [InlineData("syncnet wait-all --timeout 5 ready \"c d\"", "waits for the role 'c d', which nobody has, so it is never met; there is a, b")]
    [InlineData("echo syncnet count wait --participants 9 # syncnet count wait --participants 9", null)]
    [InlineData("syncnet count wait --participants $N; syncnet barrier x --roster \"$ALL\"", null)]
    public void Wait_ThatThePlanCanNeverMeet_IsWarnedOf(string script, string? warning)
    {
        RunPlan plan = RunPlan.Parse($$"""{ "roles": { "a": { "run": {{JsonSerializer.Serialize(script)}} }, "b": { "count": 2, "run": "true" } } }""");

        Assert.Equal(warning is null ? [] : [warning], plan.Warnings.Select(each => each.Text));
    }

    [Theory]
    [InlineData("{ \"role\": \"a\" }", null, null, "the role 'a' starts after itself, so it never starts: remove it")]
    [InlineData("{ \"role\": \"b\" }", "{ \"member\": \"c\" }", "{ \"message\": \"m\", \"role\": \"a\" }", "the role 'a' starts after 'b' starts after 'c' starts after 'a', so none of them ever starts: remove one")]
    [InlineData("{ \"role\": \"b\" }", "{ \"role\": \"c\" }", "{ \"delay\": 1 }", null)]
    [InlineData("{ \"role\": \"b\" }", "{ \"role\": \"c\" }", "{ \"role\": \"b\" }", "the role 'b' starts after 'c' starts after 'b', so none of them ever starts: remove one")]
    public void StartConditions_InACycle_AreWarnedOfOnce(string a, string? b, string? c, string? warning)
    {
        static string Role(string name, string? start) => $"\"{name}\": {{ \"run\": \"x\"{(start is null ? "" : $", \"startAfter\": {start}")} }}";

        RunPlan plan = RunPlan.Parse($"{{ \"roles\": {{ {Role("a", a)}, {Role("b", b)}, {Role("c", c)} }} }}");

        Assert.Equal(warning is null ? [] : [warning], plan.Warnings.Select(each => each.Text));
    }
}
