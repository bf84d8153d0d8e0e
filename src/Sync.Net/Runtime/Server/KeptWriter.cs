using System.Buffers;
using System.Globalization;
using MessagePack;
using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

/// <summary>Facts as entries of a store: what replaces each other has the same key.</summary>
/// <param name="clock">Times of the coordinator mean nothing to the next server; those of the calendar do.</param>
internal sealed class KeptWriter(KeptClock clock)
{
    /// <summary>Of the values. A later one may mean something else by them.</summary>
    public const byte Format = 1;

    public void Write(string group, KeptFact fact, List<SyncStoreEntry> entries)
    {
        switch (fact)
        {
            case KeptDeclaration declaration:
                entries.Add(new SyncStoreEntry(group, Key(KeptKind.Declaration), ValueOf(declaration)));
                break;
            case KeptMember member:
                entries.Add(new SyncStoreEntry(group, Key(KeptKind.Member, member.Member), ValueOf(member)));
                break;
            case KeptEnd end:
                entries.Add(new SyncStoreEntry(group, Key(KeptKind.End), ValueOf(end)));
                break;
            case KeptMessage message:
                entries.Add(new SyncStoreEntry(group, Key(KeptKind.Message, message.Board, Text(message.Number)), ValueOf(message)));
                break;
            case KeptRound round:
                foreach (string member in round.Members)
                {
                    entries.Add(new SyncStoreEntry(group, Key(KeptKind.Round, round.Board, member), ValueOf(round.Board, round.Round, member)));
                }
                break;
            case KeptState state:
                entries.Add(new SyncStoreEntry(group, Key(KeptKind.State, state.Session, state.Member, state.State), ValueOf(state)));
                break;
            case KeptCredit credit:
                entries.Add(new SyncStoreEntry(group, Key(KeptKind.Credit, credit.Session, Text(credit.Credit)), ValueOf(credit)));
                break;
            case UsedCredit used:
                entries.Add(new SyncStoreEntry(group, Key(KeptKind.Credit, used.Session, Text(used.Credit)), null));
                break;
        }
    }

    /// <summary>The lengths keep names with any text in them apart.</summary>
    private static string Key(KeptKind kind, params ReadOnlySpan<string> names)
    {
        string key = Text((int)kind);
        foreach (string name in names) key += string.Create(CultureInfo.InvariantCulture, $" {name.Length}:{name}");
        return key;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static byte[] ValueOf(KeptDeclaration declaration) =>
        Pack(KeptKind.Declaration, (ref writer) => Write(ref writer, declaration.Lines.Members));

    private static byte[] ValueOf(KeptMember member) => Pack(KeptKind.Member, (ref writer) =>
    {
        writer.Write(member.Member);
        writer.Write(member.Role);
        writer.Write(member.Belongs);
        writer.Write((byte)member.State);
        writer.Write(member.Reason);
        Write(ref writer, member.Incarnation);
    });

    private static byte[] ValueOf(KeptEnd end) => Pack(KeptKind.End, (ref writer) =>
    {
        writer.Write((int)end.Kind);
        writer.Write(end.Culprit);
        writer.Write(end.Reason);
    });

    private byte[] ValueOf(KeptMessage kept) => Pack(KeptKind.Message, (ref writer) =>
    {
        writer.Write(kept.Board);
        writer.Write(kept.Number);
        writer.Write(kept.Message.Sender);
        writer.Write(kept.Message.Role);
        writer.Write(clock.ToCalendar(kept.Message.At));
        if (kept.Message.Data is { } data) writer.Write(data.Span);
        else writer.WriteNil();
        writer.Write(kept.Message.Contract);
        writer.Write(kept.Round);
        Write(ref writer, kept.Request);
    });

    private static byte[] ValueOf(string board, long round, string member) => Pack(KeptKind.Round, (ref writer) =>
    {
        writer.Write(board);
        writer.Write(round);
        writer.Write(member);
    });

    private static byte[] ValueOf(KeptState state) => Pack(KeptKind.State, (ref writer) =>
    {
        writer.Write(state.Session);
        writer.Write(state.Member);
        writer.Write(state.State);
    });

    private byte[] ValueOf(KeptCredit credit) => Pack(KeptKind.Credit, (ref writer) =>
    {
        writer.Write(credit.Session);
        writer.Write(credit.Credit);
        writer.Write(credit.Member);
        writer.Write(credit.Number);
        if (credit.Roster is { } roster) Write(ref writer, roster.Members);
        else writer.WriteNil();
        writer.Write(credit.Code);
        writer.Write(clock.ToCalendar(credit.At));
        Write(ref writer, credit.Request);
    });

    private static byte[] Pack(KeptKind kind, Fields fields)
    {
        var value = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(value);
        writer.Write(Format);
        writer.Write((byte)kind);
        fields(ref writer);
        writer.Flush();
        return value.WrittenSpan.ToArray();
    }

    private static void Write(ref MessagePackWriter writer, IReadOnlyList<string> names)
    {
        writer.WriteArrayHeader(names.Count);
        foreach (string name in names) writer.Write(name);
    }

    private static void Write(ref MessagePackWriter writer, in RequestId request)
    {
        writer.Write(request.Member);
        Write(ref writer, request.Agent);
        writer.Write(request.Number);
    }

    private static void Write(ref MessagePackWriter writer, Guid id) => writer.Write(id.ToByteArray());

    private delegate void Fields(ref MessagePackWriter writer);
}
