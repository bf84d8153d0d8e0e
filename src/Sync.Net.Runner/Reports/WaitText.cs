using System.Globalization;

namespace Sync.Net.Runner.Reports;

/// <summary>What reports call a wait.</summary>
internal static class WaitText
{
    /// <summary>Met is only what says so in both ways: nothing else may look like a pass.</summary>
    public static WaitClass ClassOf(WaitRecord wait) => wait switch
    {
        { IsMet: true, Outcome: "released" } => WaitClass.Met,
        { Outcome: "withdrawn" } => WaitClass.Withdrawn,
        { Outcome: "server-lost" or "open" } => WaitClass.Undecided,
        _ => WaitClass.Failed,
    };

    /// <summary>The session: <c>barrier 'x'</c>.</summary>
    public static string Session(string kind, string session) => $"{VisibleText.Of(kind, 40)} '{VisibleText.Of(session, 200)}'";

    /// <summary>The session and its use: <c>barrier 'x' #2</c>, <c>message 'ready' wait-all</c>.</summary>
    public static string Label(WaitRecord wait)
    {
        string act = wait.Act.Length == 0 || wait.Act is "meet" ? "" : " " + VisibleText.Of(wait.Act, 40);
        string generation = wait.Generation == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" #{wait.Generation}");
        return Session(wait.Kind, wait.Session) + act + generation;
    }

    /// <summary>Who is in what way responsible for it: <c>last: client2</c>, <c>because of server; missing: client1, client2</c>. Empty if nobody is.</summary>
    public static string Who(WaitRecord wait)
    {
        List<string> parts = [];
        if (wait.Straggler is { } straggler) parts.Add("last: " + Name(straggler));
        if (wait.Culprit is { } culprit) parts.Add("because of " + Name(culprit));
        if (wait.Missing.Count > 0) parts.Add("missing: " + Names(wait.Missing, 10));
        return string.Join("; ", parts);
    }

    public static string Name(string id) => VisibleText.Of(id, 200);

    /// <summary>At most so many names, and how many more there are.</summary>
    public static string Names(IReadOnlyCollection<string> ids, int most)
    {
        string shown = string.Join(", ", ids.Take(most).Select(Name));
        return ids.Count <= most ? shown : string.Create(CultureInfo.InvariantCulture, $"{shown} and {ids.Count - most} more");
    }
}
