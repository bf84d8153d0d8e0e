using System.Buffers;
using MessagePack;
using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

/// <summary>Reads entries of a store as facts, in an order in which they can be told to a coordinator.</summary>
internal sealed class KeptReader(KeptClock clock)
{
    /// <exception cref="IOException">An entry is of a later version, or none.</exception>
    public IReadOnlyDictionary<string, IReadOnlyList<KeptFact>> Read(IReadOnlyList<SyncStoreEntry> entries)
    {
        var groups = new Dictionary<string, IReadOnlyList<KeptFact>>(StringComparer.Ordinal);
        foreach (IGrouping<string, SyncStoreEntry> group in entries.GroupBy(static each => each.Group, StringComparer.Ordinal))
        {
            KeptFact[] facts = [.. group.Select(Read).OrderBy(static each => each.Kind).ThenBy(static each => each.Number).Select(static each => each.Fact)];
            CheckNumbers(group.Key, facts);
            groups.Add(group.Key, facts);
        }
        return groups;
    }

    /// <summary>A message that is missing would give its number to another one.</summary>
    private static void CheckNumbers(string group, IEnumerable<KeptFact> facts)
    {
        var last = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (KeptMessage message in facts.OfType<KeptMessage>())
        {
            long expected = last.GetValueOrDefault(message.Board) + 1;
            if (message.Number != expected) throw Damaged($"message {expected} of '{message.Board}' in group '{group}' is missing", null);
            last[message.Board] = expected;
        }
    }

    private (KeptKind Kind, long Number, KeptFact Fact) Read(SyncStoreEntry entry)
    {
        try
        {
            var reader = new MessagePackReader(entry.Value ?? throw Damaged("an entry has no value", null));
            int format = reader.ReadByte();
            if (format != KeptWriter.Format) throw new IOException($"What is kept has the format {format}, and this version reads {KeptWriter.Format}: use the version that wrote it.");
            var kind = (KeptKind)reader.ReadByte();
            KeptFact fact = Read(kind, ref reader);
            if (!reader.End) throw Damaged("an entry is too long", null);
            return (kind, NumberOf(fact), fact);
        }
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException or OverflowException or ArgumentException)
        {
            throw Damaged($"an entry of group '{entry.Group}' can't be read", e);
        }
    }

    private KeptFact Read(KeptKind kind, ref MessagePackReader reader) => kind switch
    {
        KeptKind.Declaration => Declaration(ref reader),
        KeptKind.Member => new KeptMember(Text(ref reader), reader.ReadString(), reader.ReadBoolean(), (MemberState)reader.ReadByte(), reader.ReadString(), Id(ref reader)),
        KeptKind.End => new KeptEnd((SyncFailureKind)reader.ReadInt32(), Text(ref reader), Text(ref reader)),
        KeptKind.Message => Message(ref reader),
        KeptKind.Round => Round(ref reader),
        KeptKind.State => new KeptState(Text(ref reader), Text(ref reader), Text(ref reader)),
        KeptKind.Credit => new KeptCredit(
            Text(ref reader), reader.ReadInt64(), Text(ref reader), reader.ReadInt64(), reader.TryReadNil() ? null : Names(ref reader), reader.ReadInt32(), Time(ref reader), Request(ref reader)),
        _ => throw Damaged($"an entry is of the unknown kind {(int)kind}", null),
    };

    private static KeptDeclaration Declaration(ref MessagePackReader reader)
    {
        Roster lines = Names(ref reader);
        return Roll.Of(lines, out string? fault) is not null ? new KeptDeclaration(lines) : throw Damaged(fault!, null);
    }

    private static KeptRound Round(ref MessagePackReader reader)
    {
        string board = Text(ref reader);
        long round = reader.ReadInt64();
        return new KeptRound(board, round, [Text(ref reader)]);
    }

    private KeptMessage Message(ref MessagePackReader reader)
    {
        string board = Text(ref reader);
        long number = reader.ReadInt64();
        string sender = Text(ref reader);
        string? role = reader.ReadString();
        TimeSpan at = Time(ref reader);
        byte[]? data = reader.ReadBytes()?.ToArray();
        var message = new Message(sender, role, at, data is null ? default(ReadOnlyMemory<byte>?) : data, reader.ReadString());
        return new KeptMessage(board, number, message, reader.ReadInt64(), Request(ref reader));
    }

    private TimeSpan Time(ref MessagePackReader reader) => clock.FromCalendar(reader.ReadInt64());

    private static RequestId Request(ref MessagePackReader reader) => new(Text(ref reader), Id(ref reader), reader.ReadInt64());

    private static Roster Names(ref MessagePackReader reader)
    {
        var names = new List<string>();
        for (int count = reader.ReadArrayHeader(); count > 0; count--) names.Add(Text(ref reader));
        return Roster.Of(names);
    }

    private static string Text(ref MessagePackReader reader) => reader.ReadString() ?? throw Damaged("a text is missing", null);

    private static Guid Id(ref MessagePackReader reader) =>
        reader.ReadBytes() is { Length: 16 } bytes ? new Guid(bytes.ToArray()) : throw Damaged("an id has not 16 bytes", null);

    /// <summary>The order within a kind; numbers of different sessions don't matter to each other.</summary>
    private static long NumberOf(KeptFact fact) => fact switch
    {
        KeptMessage message => message.Number,
        KeptCredit credit => credit.Credit,
        _ => 0,
    };

    private static IOException Damaged(string what, Exception? inner) => new($"What is kept is damaged: {what}.", inner);
}
