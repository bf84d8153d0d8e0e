using Sync.Net.Runner;

namespace Sync.Net.Tests.Runner;

/// <summary>What a run refuses before anything starts, with the input and the remedy.</summary>
public sealed class AddTests : BoundedTest
{
    private readonly MultiHostRun _run = new("run");

    public static TheoryData<string, RunMember> Faulty => new()
    {
        { "Count is 0: use 1 to 10000.", Of(static member => member.Count = 0) },
        { "the id 'taken' is another member's already: give each its own, such as 'taken#2'.", new RunMember("taken") { Command = ["true"] } },
        { "the id 'a,b' contains ',' or '=', which SYNC_NET_ROSTER can't tell: choose another id.", new RunMember("a,b") { Command = ["true"] } },
        { "it is essential and has no role: give it a Role, or leave Essential out.", Of(static member => member.Essential = true) },
        { "the role 'x=y' contains ',', '=' or '*', which SYNC_NET_ROSTER can't tell: choose another one.", Of(static member => member.Role = "x=y") },
        { "it has nothing to do: set Command or Action, or the host RunHost.Elsewhere.", Of(static member => member.Command = []) },
        { "it has a Command and an Action: leave one of them out.", Of(static member => member.Action = (_, _) => Task.CompletedTask) },
        { "it is started by hand on desk: leave Command and Action out.", Of(static member => member.Host = RunHost.Elsewhere("desk")) },
        { "the environment variable SYNC_NET_KEY is set by the runner: leave it out.", Of(static member => member.Environment["SYNC_NET_KEY"] = "x") },
        { "Timeout is 00:00:00: use more than zero and at most 49 days, or null.", Of(static member => member.Timeout = TimeSpan.Zero) },
        { "the delay of StartAfter is -00:00:01: use zero to 49 days.", Of(static member => member.StartAfter = StartCondition.AfterDelay(TimeSpan.FromSeconds(-1))) },
        { "the file '/no/such/file' of Files is not there.", Of(static member => member.Files.Add("/no/such/file")) },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void Add_WhatCannotBeDone_NamesItAndTheRemedy(string fault, RunMember member)
    {
        _run.Add(new RunMember("taken") { Command = ["true"] });

        ArgumentException thrown = Assert.Throws<ArgumentException>(nameof(member), () => _run.Add(member));

        Assert.StartsWith($"Member '{member.Id}' can't be added: {fault}", thrown.Message, StringComparison.Ordinal);
        Assert.Single(_run.Members);
    }

    [Fact]
    public void Add_ACountWhoseNumbersMeetAnotherId_IsRefused()
    {
        _run.Add(new RunMember("client2") { Command = ["true"] });

        ArgumentException thrown = Assert.Throws<ArgumentException>(() => _run.Add(new RunMember("client") { Count = 3, Command = ["true"] }));

        Assert.Contains("the id 'client2' is another member's already", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_WhatCannotRun_SaysWhyBeforeAnythingStarts()
    {
        Assert.Contains("it has no members", await FaultAsync(_run), StringComparison.Ordinal);
        _run.Add(new RunMember("a") { Action = (_, _) => Task.CompletedTask });
        _run.Master = "b";
        Assert.Contains("Master is 'b', which is none of the members: a.", await FaultAsync(_run), StringComparison.Ordinal);
        _run.Endpoint = "127.0.0.1:1";
        Assert.Contains("Endpoint and Master are both set", await FaultAsync(_run), StringComparison.Ordinal);
        (_run.Endpoint, _run.Master) = (null, null);
        _run.Folder = Path.GetTempPath();
        Assert.Contains("is not empty: name a new one", await FaultAsync(_run), StringComparison.Ordinal);
        _run.Folder = null;
        Assert.True((await _run.RunAsync(Token)).Passed);
        Assert.Equal("The run 'run' was run already: make another one.", await FaultAsync(_run));
    }

    private static RunMember Of(Action<RunMember> change)
    {
        var member = new RunMember("member") { Command = ["true"] };
        change(member);
        return member;
    }

    private async Task<string> FaultAsync(MultiHostRun run) => (await Assert.ThrowsAsync<InvalidOperationException>(() => run.RunAsync(Token))).Message;
}
