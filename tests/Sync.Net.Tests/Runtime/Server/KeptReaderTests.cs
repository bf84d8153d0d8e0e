using Sync.Net.Coordination;
using Sync.Net.Runtime.Server;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Server;

/// <summary>What is kept, as entries: each comes back as it was, and nothing else is taken for one.</summary>
public sealed class KeptReaderTests
{
    private static readonly KeptClock Clock = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private static readonly RequestId Request = new("a", new Guid(1, 2, 3, new byte[8]), 4);

    [Fact]
    public void Facts_ComeBackInAnOrderThatCanBeTold()
    {
        KeptFact[] facts =
        [
            new KeptMessage("m", 1, new Message("a", "r", TimeSpan.FromSeconds(-5), new byte[] { 1 }, "c"), 1, Request),
            new KeptMessage("m", 2, new Message("ü b", null, TimeSpan.Zero, null, null), 1, Request),
            new KeptRound("m", 1, ["a", "b"]),
            new KeptState("states", "a", "up"),
            new KeptCredit("x", 1, "a", 2, null, 3, TimeSpan.FromSeconds(-1), Request),
            new KeptCredit("x", 2, "a", 2, Roster.Of(["a", "b"]), 0, TimeSpan.Zero, Request),
            new UsedCredit("x", 1),
            new KeptEnd(SyncFailureKind.MemberLost, "a", "why"),
            new KeptMember("a", null, true, MemberState.Failed, "why", Request.Agent),
            new KeptDeclaration(Roster.Of(["a\tr", "b"])),
        ];

        IReadOnlyList<KeptFact> read = Read(Entries(facts))["g"];

        Assert.Equal(
            ["KeptDeclaration", "KeptMember", "KeptEnd", "KeptMessage", "KeptMessage", "KeptRound", "KeptRound", "KeptState", "KeptCredit"],
            read.Select(static fact => fact.GetType().Name));
        Assert.Equal(["a\tr", "b"], ((KeptDeclaration)read[0]).Lines.Members);
        Assert.Equal([facts[8], facts[7]], read.Skip(1).Take(2));
        var message = (KeptMessage)read[3];
        Assert.Equal((("m", 1L, 1L), Request), ((message.Board, message.Number, message.Round), message.Request));
        Assert.Equal(("a", "r", TimeSpan.FromSeconds(-5), "c"), (message.Message.Sender, message.Message.Role, message.Message.At, message.Message.Contract));
        Assert.Equal([1], message.Message.Data!.Value.ToArray());
        Assert.Equal(facts[1], read[4]);
        Assert.Equal(["a", "b"], read.OfType<KeptRound>().Select(static round => Assert.Single(round.Members)));
        Assert.Equal(facts[3], read[7]);
        Assert.Equal(["a", "b"], ((KeptCredit)read[8]).Roster!.Members);
    }

    [Fact]
    public void NamesWithAnyText_AreKeptApart()
    {
        List<SyncStoreEntry> entries = Entries(new KeptState("s", "a 1:b", "c"), new KeptState("s", "a", "b 1:c"), new KeptState("s 1:a", "b", "c"));

        Assert.Equal(3, entries.Select(static entry => entry.Key).Distinct().Count());
        Assert.Equal(3, Read(entries)["g"].Distinct().Count());
    }

    [Fact]
    public void CalendarSetBack_MakesNothingYounger() =>
        Assert.Equal(TimeSpan.Zero, Clock.FromCalendar(Clock.ToCalendar(TimeSpan.FromDays(3))));

    [Fact]
    public void EveryTruncatedEntry_IsRefused()
    {
        KeptFact[] facts =
        [
            new KeptMessage("m", 1, new Message("a", "r", TimeSpan.Zero, new byte[] { 1 }, "c"), 1, Request),
            new KeptCredit("x", 2, "a", 2, Roster.Of(["a", "b"]), 0, TimeSpan.Zero, Request),
            new KeptMember("a", null, true, MemberState.Failed, "why", Request.Agent),
        ];
        foreach (SyncStoreEntry entry in Entries(facts))
        {
            byte[] value = entry.Value!.Value.ToArray();
            for (int length = 0; length < value.Length; length++) Refused([new SyncStoreEntry("g", entry.Key, value.AsMemory(0, length))], "damaged");
            Refused([new SyncStoreEntry("g", entry.Key, (byte[])[.. value, 0])], "damaged");
        }
    }

    [Fact]
    public void MissingMessage_IsRefused()
    {
        List<SyncStoreEntry> entries = Entries(
            new KeptMessage("m", 1, new Message("a", null, TimeSpan.Zero, null, null), 1, Request),
            new KeptMessage("m", 3, new Message("a", null, TimeSpan.Zero, null, null), 1, Request));

        Refused(entries, "message 2 of 'm' in group 'g' is missing");
    }

    [Fact]
    public void UnknownKindAndLaterFormat_AreRefused()
    {
        Refused([new SyncStoreEntry("g", "9", new byte[] { KeptWriter.Format, 99 })], "unknown kind 99");
        Refused([new SyncStoreEntry("g", "1", new byte[] { KeptWriter.Format + 1, 1 })], "use the version that wrote it");
        Refused(Entries(new KeptDeclaration(Roster.Of(["a\tb\tc\td"]))), "malformed");
    }

    private static void Refused(IReadOnlyList<SyncStoreEntry> entries, string why) =>
        Assert.Contains(why, Assert.ThrowsAny<IOException>(() => Read(entries)).Message, StringComparison.Ordinal);

    private static List<SyncStoreEntry> Entries(params KeptFact[] facts)
    {
        var writer = new KeptWriter(Clock);
        var entries = new List<SyncStoreEntry>();
        foreach (KeptFact fact in facts) writer.Write("g", fact, entries);
        return [.. StoreBook.Of([.. entries]).Load()];
    }

    private static IReadOnlyDictionary<string, IReadOnlyList<KeptFact>> Read(IReadOnlyList<SyncStoreEntry> entries) => new KeptReader(Clock).Read(entries);
}
