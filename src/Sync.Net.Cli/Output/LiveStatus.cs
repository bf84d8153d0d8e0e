using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sync.Net.Cli.Output;

/// <summary>A group's status on a terminal, drawn anew in place.</summary>
/// <remarks>The only user of the terminal library, so that no other verb pays for its start.</remarks>
internal static class LiveStatus
{
    /// <summary>Whether standard output can be drawn on; else it gets lines.</summary>
    public static bool IsPossible => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;

    public static Task ShowAsync(string group, IAsyncEnumerable<StatusLook> looks, CancellationToken cancellationToken) => AnsiConsole
        .Live(new Text($"group '{group}' …"))
        .Overflow(VerticalOverflow.Ellipsis)
        .Cropping(VerticalOverflowCropping.Bottom)
        .StartAsync(async screen =>
        {
            await foreach (StatusLook look in looks.WithCancellation(cancellationToken)) screen.UpdateTarget(ViewOf(group, look));
        });

    private static Rows ViewOf(string group, StatusLook look)
    {
        GroupStatus status = look.Status;
        string trouble = look.Age is { } age ? $", as of {Seconds(age)} ago: the server does not answer" : "";
        return new Rows(
            new Text($"group '{group}': {status.Members.Count} members, {status.Waits.Count} waits in {SessionsIn(status)} sessions{trouble}"),
            WaitsOf(status),
            MembersOf(status),
            new Text("Ctrl-C ends the watch."));
    }

    private static int SessionsIn(GroupStatus status) => status.Waits.Select(static wait => (wait.Kind, wait.Session)).Distinct().Count();

    private static IRenderable WaitsOf(GroupStatus status)
    {
        if (status.Waits.Count == 0) return new Text("nobody waits");
        Table table = TableOf("session", "who waits", "for whom", "since", "likely cause");
        foreach (WaitStatus wait in status.Waits)
        {
            Add(table, $"{wait.Kind} '{wait.Session}'", wait.Member, string.Join(", ", wait.Missing), Seconds(wait.Waited), wait.Hint);
        }
        return table;
    }

    private static Table MembersOf(GroupStatus status)
    {
        Table table = TableOf("member", "role", "state", "last seen", "last in");
        foreach (GroupMember member in status.Members)
        {
            Add(table, member.Id, member.Role, StatusText.NameOf(member.State), member.LastSeenAgo is { } ago ? $"{Seconds(ago)} ago" : null, member.LastSeenIn);
        }
        return table;
    }

    private static Table TableOf(params string[] columns)
    {
        Table table = new() { Border = TableBorder.Rounded };
        foreach (string column in columns) table.AddColumn(new TableColumn(new Text(column)));
        return table;
    }

    // As plain text: what stands in brackets in a name is no markup.
    private static void Add(Table table, params string?[] cells) => table.AddRow(cells.Select(static cell => new Text(cell ?? "")));

    private static string Seconds(TimeSpan time) => time < TimeSpan.FromMinutes(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalSeconds):0} s")
        : time.ToString(time < TimeSpan.FromDays(1) ? @"hh\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);
}
