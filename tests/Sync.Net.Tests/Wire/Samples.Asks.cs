using Sync.Net.Wire;

namespace Sync.Net.Tests.Wire;

// Every act, and each field that may count or not.
internal static partial class Samples
{
    private static IEnumerable<Sample> Asks =>
    [
        Asking("ask wait", Count, new Ask(Act.Wait, 3, 239), EnterFlags.Quiet),
        Asking("ask wait for initialisers", Count, new Ask(Act.Wait)),
        Asking("ask initialize", Count, new Ask(Act.Initialize, 2, 7)),
        Asking("ask initialize members", Count, new Ask(Act.Initialize), roster: Two),
        Asking("ask add", Count, new Ask(Act.Add, 2)),
        Asking("ask clear", Count, new Ask(Act.Clear)),
        Asking("ask send", Board, new Ask(Act.Send), data: Ramp(2), contract: "map"),
        Asking("ask receive", Board, new Ask(Act.Receive, 300), EnterFlags.ExcludeSelf),
        Asking("ask receive all", Board, new Ask(Act.ReceiveAll)),
        Asking("ask receive all of a role", Board, new Ask(Act.ReceiveAll, Text: "client")),
        Asking("ask sync", Board, new Ask(Act.Sync), data: Ramp(2), contract: "map"),
        Asking("ask peek", Board, new Ask(Act.Peek, 2)),
        Asking("ask set state", State, new Ask(Act.SetState, Text: "booted")),
        Asking("ask wait for states", State, new Ask(Act.WaitForStates, Names: ["booted", "tuned"]), roster: Two),
        Asking("ask wait for any state", State, new Ask(Act.WaitForStates, 1, Names: ["booted"]), EnterFlags.WaitForReturn, Two),
        Asking("ask declare", Group, new Ask(Act.Declare, 1), roster: Roster.Of(["db1\tserver", "web1", "\tclient\t2", "\t\tserver"])),
        Asking("ask declare open group", Group, new Ask(Act.Declare)),
        Asking("ask wait for members", Group, new Ask(Act.WaitForMembers)),
        Asking("ask watch", Group, new Ask(Act.Watch, 300)),
        Asking("ask fail", Group, new Ask(Act.Fail, Text: "disk full")),
        Asking("ask abort all", Group, new Ask(Act.AbortAll, Text: "enough")),
        Asking("ask status", Group, new Ask(Act.Status)),
    ];

    private static Sample Asking(
        string name, SessionKey session, Ask ask, EnterFlags flags = EnterFlags.None, Roster? roster = null, byte[]? data = null, string? contract = null)
    {
        ReadOnlyMemory<byte>? given = data is null ? null : new ReadOnlyMemory<byte>(data);
        ulong hash = (roster ?? Roster.Empty).Hash;
        return Sample.Of(name, Term, new EnterFrame(5, 4, session, 0, flags, hash, roster?.Members, given, contract, null, ask));
    }
}
