using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace Sync.Net.Tests.Objects;

/// <summary>L10: each call is recorded with pass or fail, how long it waited and who was last.</summary>
public sealed class CallRecordTests : BoundedTest
{
    private static readonly DateTimeOffset Began = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Began);
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Fact]
    public async Task L10_MetBarrier_TellsWhenHowLongAndWhoWasLast()
    {
        await using InProcessGroup group = Group("a", "b");
        Task<RendezvousResult> a = group["a"].Barrier("start").RendezvousAsync(Token);
        _time.Advance(TimeSpan.FromSeconds(1.25));
        await group["b"].Barrier("start").RendezvousAsync(Token);
        await a;

        JsonElement line = Lines().Single(each => Text(each, "member") == "a");
        Assert.Equal(Seconds(Began), line.GetProperty("start").GetDecimal());
        Assert.Equal(Seconds(Began) + 1.25m, line.GetProperty("end").GetDecimal());
        Assert.Equal(1.25m, line.GetProperty("waited").GetDecimal());
        Assert.Equal(("pass", "barrier", "barrier", "start", "b"), (Text(line, "outcome"), Text(line, "call"), Text(line, "kind"), Text(line, "session"), Text(line, "last")));
        Assert.Equal((1, 2), (line.GetProperty("generation").GetInt32(), line.GetProperty("count").GetInt32()));
        Assert.Equal(["a 1.25", "b 0"], Arrivals(line));
        Assert.Equal(("default", "client"), (Text(line, "group"), Text(line, "role")));
    }

    [Fact]
    public async Task L10_FailedBarrier_TellsTheKindAndWhoIsMissing()
    {
        await using InProcessGroup group = Group("a", "b", "c");
        Task<RendezvousResult> a = group["a"].Barrier("start").RendezvousAsync(TimeSpan.FromSeconds(5), Token);
        Task<RendezvousResult> b = group["b"].Barrier("start").RendezvousAsync(Token);
        _time.Advance(TimeSpan.FromSeconds(5));
        string message = (await Assert.ThrowsAsync<SyncTimeoutException>(() => a)).Message;
        await Assert.ThrowsAsync<SyncTimeoutException>(() => b);

        JsonElement line = Lines().Single(each => Text(each, "member") == "a");
        Assert.Equal(("fail", "timeout", message, "a"), (Text(line, "outcome"), Text(line, "failure"), Text(line, "text"), Text(line, "culprit")));
        Assert.Equal(["c"], Names(line, "missing"));
        Assert.Equal(["a", "b"], Names(line, "arrived"));
        Assert.Equal(3, line.GetProperty("count").GetInt32());
        Assert.False(line.TryGetProperty("last", out _));
    }

    [Fact]
    public async Task L10_Messages_TellWhoSentInWhichOrder()
    {
        await using InProcessGroup group = Group("a", "b", "c");
        foreach (string member in new[] { "c", "a", "b", "c" })
        {
            await group[member].SendAsync("done", Token);
            _time.Advance(TimeSpan.FromSeconds(1));
        }
        await group["a"].WaitAllAsync("done", Token);

        JsonElement line = Lines().Single(each => Text(each, "call") == "wait-all");
        Assert.Equal(["c 4", "a 3", "b 2"], Arrivals(line));
        Assert.Equal(("message", "b"), (Text(line, "kind"), Text(line, "last")));
        Assert.Equal(4, Lines().Count(each => Text(each, "call") == "send" && Text(each, "outcome") == "pass"));
    }

    [Fact]
    public async Task L10_SyncRounds_TellTheLastOfTheRound()
    {
        await using InProcessGroup group = Group("a", "b");
        foreach (string last in new[] { "a", "b" })
        {
            Task<SyncMessages> first = group[last == "a" ? "b" : "a"].SyncAsync("round", Token);
            _time.Advance(TimeSpan.FromSeconds(1));
            await group[last].SyncAsync("round", Token);
            await first;
        }

        Assert.Equal(["a", "a", "b", "b"], Lines().Select(each => Text(each, "last")));
    }

    [Fact]
    public async Task L10_OtherEnds_AreNeverAPass()
    {
        await using InProcessGroup group = Group("a", "b");
        using var own = new CancellationTokenSource();
        Task cancelled = group["a"].WaitAsync("never", own.Token);
        await own.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.False(await group["a"].Barrier("tried").TryRendezvousAsync(TimeSpan.Zero, Token));
        Task<RendezvousResult> open = group["a"].Barrier("twice").RendezvousAsync(Token);
        await Assert.ThrowsAsync<InvalidOperationException>(() => group["a"].Barrier("twice").RendezvousAsync(Token));
        await group["b"].FailAsync("no disk", Token);
        await Assert.ThrowsAsync<SyncException>(() => open);

        Assert.Equal(
            ["default pass", "never cancelled", "tried timeout", "twice member-failed", "twice misuse"],
            Lines().Select(each => $"{Text(each, "session")} {(Text(each, "outcome") == "pass" ? "pass" : Text(each, "failure"))}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task L10_ValueThatCanNotBeRead_IsNoPassThoughAllMet()
    {
        await using InProcessGroup group = Group("a", "b");
        Task<SyncResult<string>> text = group["a"].Data<string>("setup").SyncAsync("secret", Token);
        Task<SyncResult<int>> number = group["b"].Data<int>("setup").SyncAsync(7, Token);
        await Assert.ThrowsAsync<SyncException>(() => text);
        await Assert.ThrowsAsync<SyncException>(() => number);

        Assert.Equal(["mismatch", "mismatch"], Lines().Select(each => Text(each, "failure")));
        Assert.DoesNotContain("secret", File.ReadAllText(_file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task L10_MeetingWithNobodyElse_IsRecorded()
    {
        await using var barrier = new Barrier("h", "alone", null, ["h"], new SyncOptions { RecordFile = _file });
        await barrier.RendezvousAsync(Token);
        await using var data = new SyncData<string>("h", "h", ["h"], "alone", options: new SyncOptions { RecordFile = _file });
        await data.SyncAsync("v", Token);

        Assert.Equal(["barrier h", "data h"], Lines().Select(each => $"{Text(each, "kind")} {Text(each, "last")}"));
    }

    [Fact]
    public async Task L10_FailedJoin_IsRecorded()
    {
        var options = new SyncOptions
        {
            Endpoint = "unix:" + _file + ".none", Member = "a", Roster = new Dictionary<string, string?> { ["a"] = null }, RecordFile = _file, Timeout = TimeSpan.Zero,
        };

        await Assert.ThrowsAsync<SyncTimeoutException>(() => SyncGroup.JoinAsync(options, Token));

        Assert.Equal(("join", "group", "timeout"), (Text(Lines().Single(), "call"), Text(Lines().Single(), "kind"), Text(Lines().Single(), "failure")));
    }

    [Fact]
    public void RecordFile_ThatCanNotBeWritten_IsToldBeforeAnyCall()
    {
        string nowhere = Path.Combine(_file, "record");
        ArgumentException e = Assert.Throws<ArgumentException>(() => new Barrier("h", "x", options: new SyncOptions { RecordFile = nowhere }));
        Assert.Contains(nowhere, e.Message, StringComparison.Ordinal);
        Assert.Contains("SYNC_NET_RECORD", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new SyncOptions { RecordFile = "" }.Validate());
    }

    protected override void Dispose(bool disposing)
    {
        File.Delete(_file);
        base.Dispose(disposing);
    }

    private InProcessGroup Group(params string[] members) =>
        new(members, _time, new SyncOptions { RecordFile = _file, Roster = members.ToDictionary(member => member, string? (_) => "client") });

    private JsonElement[] Lines() => [.. File.ReadLines(_file).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string? Text(JsonElement line, string field) => line.GetProperty(field).GetString();

    private static string?[] Names(JsonElement line, string field) => [.. line.GetProperty(field).EnumerateArray().Select(each => each.GetString())];

    private static string[] Arrivals(JsonElement line) =>
        [.. line.GetProperty("arrivals").EnumerateArray().Select(each => string.Create(CultureInfo.InvariantCulture, $"{Text(each, "member")} {each.GetProperty("waited").GetDecimal():0.##}"))];

    private static decimal Seconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / (decimal)TimeSpan.TicksPerSecond;
}
