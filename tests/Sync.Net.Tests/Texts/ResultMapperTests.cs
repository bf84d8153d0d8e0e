using Sync.Net.Payloads;
using Sync.Net.Texts;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Texts;

public sealed class ResultMapperTests
{
    private static readonly Roster Hosts = Roster.Of(["a", "b", "c"]);
    private static readonly PayloadSerializer<string> Strings = PayloadSerializers.Create<string>(new SyncOptions());
    private static readonly CallContext Call = new(
        "b", new SessionKey(SessionKind.Data, "setup"), 2, TimeSpan.FromSeconds(1.2), "a:1", "a");

    [Fact]
    public void Meeting_Arrivals_GiveOrderAndSpread()
    {
        RendezvousResult met = ResultMapper.Meeting(
            Call with { Session = new SessionKey(SessionKind.Barrier, "up") },
            new Released(2, "a", [new("b", TimeSpan.FromSeconds(0.9)), new("a", TimeSpan.Zero)], null, []));
        Assert.Equal(("up", 2L, "b", "a", 2), (met.Session, met.Generation, met.Self, met.Master, met.Count));
        Assert.Equal([("b", 1), ("a", 2)], met.Arrivals.Select(x => (x.Member, x.Order)));
        Assert.Equal("b waited 0.9 s", met.Arrivals[0].ToString());
        Assert.Equal(TimeSpan.FromSeconds(0.9), met.Spread);
        Assert.Equal(TimeSpan.FromSeconds(1.2), met.Waited);
        Assert.Empty(met.Lost);
        Assert.Equal("Barrier 'up' (generation 2): 2 met after 1.2 s; a came last, 0.9 s after the first.", met.ToString());
    }

    [Fact]
    public void Meeting_WithoutArrivals_HasNoSpread()
    {
        RendezvousResult met = ResultMapper.Meeting(Call with { Master = null }, new Released(100, "z", null, null, []));
        Assert.Empty(met.Arrivals);
        Assert.Null(met.Spread);
        Assert.Equal("a:1", met.Master);
        Assert.Equal("Data 'setup' (generation 2): 100 met after 1.2 s; z came last.", met.ToString());
    }

    [Fact]
    public void Data_SomeGave_OthersHaveNoKey()
    {
        SyncResult<string> result = ResultMapper.Data(
            Call,
            new Released(3, "c", null, [new("a", "A"u8.ToArray(), "string"), new("b", null, null)], [new("a", "connection closed", TimeSpan.FromSeconds(3), "setup")]),
            Hosts,
            Strings);
        Assert.Equal("A", result["a"]);
        Assert.Equal("A", result.OnlyValue);
        Assert.Equal(["b", "c"], result.WithoutData);
        Assert.False(result.ContainsKey("b"));
        Assert.False(result.TryGetValue("c", out _));
        Assert.Equal(["a"], result.Keys);
        Assert.Equal(["A"], result.Values);
        Assert.Single(result);
        Assert.Equal("Data 'setup': 'b' took part without giving data.", Assert.Throws<KeyNotFoundException>(() => result["b"]).Message);
        Assert.Equal(
            "Data 'setup': 'x' is not one of those whose data was asked for.", Assert.Throws<KeyNotFoundException>(() => result["x"]).Message);
        Assert.Equal(
            "Data 'setup' (generation 2): 3 met after 1.2 s; 1 gave data: a; lost after giving: a (connection closed, last seen 3 s ago in 'setup').",
            result.ToString());
    }

    [Fact]
    public void OnlyValue_NoneOrSeveral_SaysWhoGave()
    {
        Assert.Equal(
            "Data 'setup': nobody gave data, so there is no only value.",
            Assert.Throws<InvalidOperationException>(() => ResultMapper.Data(Call, new Released(3, "c", null, null, []), Hosts, Strings).OnlyValue).Message);
        SyncResult<string> two = ResultMapper.Data(
            Call, new Released(3, "c", null, [new("a", "A"u8.ToArray(), ""), new("c", "C"u8.ToArray(), null)], []), Hosts, Strings);
        Assert.Equal(
            "Data 'setup': 2 members gave data (a, c), so there is no only value: read it by member.",
            Assert.Throws<InvalidOperationException>(() => two.OnlyValue).Message);
    }

    [Fact]
    public void Data_EmptyBytes_AreData() =>
        Assert.Equal("", ResultMapper.Data(Call, new Released(3, "c", null, [new("a", Array.Empty<byte>(), "string")], []), Hosts, Strings)["a"]);

    [Fact]
    public void Data_From_LeavesOthersOut()
    {
        SyncResult<string> result = ResultMapper.Data(
            Call, new Released(3, "c", null, [new("a", "A"u8.ToArray(), "string"), new("b", "B"u8.ToArray(), "string")], []), Roster.Of(["b", "c"]), Strings);
        Assert.Equal(["b"], result.Keys);
        Assert.Equal(["c"], result.WithoutData);
    }

    [Fact]
    public void Data_OtherContract_IsAMismatchThatNamesBoth()
    {
        var e = Assert.Throws<SyncException>(() => ResultMapper.Data(
            Call, new Released(3, "c", null, [new("a", new byte[] { 1 }, "NodeInfo")], []), Hosts, Strings));
        Assert.Equal(SyncFailureKind.Mismatch, e.Failure.Kind);
        Assert.Equal("a", e.Failure.Culprit);
        Assert.Equal(
            "Data 'setup': a does not ask for the same as the others (it gave NodeInfo, this member asks for string), after 1.2 s. "
            + "Use the same type on all members.",
            e.Message);
    }

    [Fact]
    public void Data_UnreadableBytes_NameTheGiver()
    {
        var e = Assert.Throws<SyncException>(() => ResultMapper.Data(
            Call, new Released(3, "c", null, [new("a", new byte[] { 0xFF }, "string")], []), Hosts, Strings));
        Assert.Equal((SyncFailureKind.Payload, "a"), (e.Failure.Kind, e.Failure.Culprit));
        Assert.Equal("Data 'setup': what a gave is not valid UTF-8.", e.Message);
    }

    [Fact]
    public void Write_UnwritableValue_NamesThisMember() => Assert.Equal(
        "Data 'setup': what b (this member) gave is not valid Unicode.",
        Assert.Throws<SyncException>(() => ResultMapper.Write(Call, "\uD800", Strings)).Message);
}
