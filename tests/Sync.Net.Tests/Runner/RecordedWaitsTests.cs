using Sync.Net.Runner;
using Sync.Net.Runner.Engine;

namespace Sync.Net.Tests.Runner;

/// <summary>Members' own records, read as waits.</summary>
public sealed class RecordedWaitsTests : IDisposable
{
    private const string Head = "\"start\":1700000000.25,\"end\":1700000001.5,\"waited\":1.25,\"group\":\"g\",\"member\":\"a\"";

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Failure_KeepsWhoAndWhy_AndTimesAreByTheRunnersClock()
    {
        WaitRecord wait = Assert.Single(Read(
            $$"""{ {{Head}},"call":"barrier","kind":"barrier","session":"x","generation":3,"outcome":"fail","failure":"member-lost","text":"why","culprit":"b","missing":["b","c"],"later":"fields"}""",
            TimeSpan.FromSeconds(10)));

        Assert.Equal(("a", "barrier", "x", "meet", 3L, false, "member-lost", "b", "why"), (wait.Member, wait.Kind, wait.Session, wait.Act, wait.Generation, wait.IsMet, wait.Outcome, wait.Culprit, wait.Text));
        Assert.Equal(["b", "c"], wait.Missing);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1699999990250), wait.Began);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1699999991500), wait.Ended);
    }

    [Theory]
    [InlineData("barrier", "meet")]
    [InlineData("data", "meet")]
    [InlineData("send", "send")]
    [InlineData("wait", "wait")]
    [InlineData("wait-all", "wait-all")]
    [InlineData("sync", "sync")]
    [InlineData("count-wait", "wait")]
    [InlineData("count-init", "initialize")]
    [InlineData("state-wait", "wait-for-states")]
    [InlineData("members-wait", "wait-for-members")]
    [InlineData("count-add", null)]
    [InlineData("count-clear", null)]
    [InlineData("state-set", null)]
    [InlineData("fail", null)]
    [InlineData("abort", null)]
    [InlineData("join", null)]
    public void Call_IsWhatAServerWouldHaveToldOf(string call, string? act) =>
        Assert.Equal(act, Read($$"""{ {{Head}},"call":"{{call}}","kind":"k","session":"x","outcome":"pass"}""").SingleOrDefault()?.Act);

    [Theory]
    [InlineData("cancelled", "withdrawn")]
    [InlineData("disposed", "withdrawn")]
    [InlineData("misuse", null)]
    [InlineData("server-lost", "server-lost")]
    [InlineData("deadlock", "deadlock")]
    [InlineData("payload", "payload")]
    public void Failure_IsNeverMet(string failure, string? outcome)
    {
        WaitRecord? wait = Read($$"""{ {{Head}},"call":"data","kind":"data","session":"x","outcome":"fail","failure":"{{failure}}","text":"t"}""").SingleOrDefault();

        Assert.Equal(outcome, wait?.Outcome);
        Assert.False(wait?.IsMet ?? false);
    }

    /// <summary>Cut short, of another group or member, or written by somebody else: left out, and what follows is read.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("{ \"start\": 17")]
    [InlineData("[1]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("{ \"group\":\"g\",\"member\":\"a\",\"call\":\"wait\",\"kind\":\"message\",\"session\":\"x\",\"outcome\":\"pass\" }")]
    [InlineData("{ \"group\":\"g\",\"member\":\"a\",\"call\":\"wait\",\"kind\":\"message\",\"session\":\"x\",\"outcome\":\"pass\",\"start\":\"now\",\"end\":1 }")]
    [InlineData("{ \"group\":\"g\",\"member\":\"a\",\"call\":\"wait\",\"kind\":\"message\",\"session\":\"x\",\"outcome\":\"pass\",\"start\":1e28,\"end\":1e28 }")]
    [InlineData("{ \"group\":\"other\",\"member\":\"a\",\"call\":\"wait\",\"kind\":\"message\",\"session\":\"x\",\"outcome\":\"pass\",\"start\":1,\"end\":1 }")]
    [InlineData("{ \"group\":\"g\",\"member\":\"b\",\"call\":\"wait\",\"kind\":\"message\",\"session\":\"x\",\"outcome\":\"pass\",\"start\":1,\"end\":1 }")]
    [InlineData("{ \"group\":\"g\",\"member\":\"a\",\"call\":\"send\",\"kind\":\"message\",\"session\":\"syncnet.result\",\"outcome\":\"pass\",\"start\":1,\"end\":1 }")]
    public void Line_ThatIsNoRecordOfTheMember_IsLeftOut(string line) =>
        Assert.Equal("after", Assert.Single(Read($$"""
            {{line}}
            { {{Head}},"call":"wait","kind":"message","session":"after","outcome":"pass","last":"b"}
            """)).Session);

    private List<WaitRecord> Read(string text, TimeSpan offset = default)
    {
        File.WriteAllText(_file, text);
        return [.. RecordedWaits.Read(_file, "g", "a", new ClockOffset(offset, TimeSpan.Zero))];
    }
}
