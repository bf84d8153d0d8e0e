using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>Prints the member's role, or all roles of the group.</summary>
internal sealed class RoleVerb : Verb
{
    public override Syntax Syntax => Syntax.OfMember("role [list]", 0, 1);

    public override async Task<int> RunAsync(Line line, Printer output, CancellationToken cancellationToken)
    {
        SyncOptions options = MemberOptions.Read(line);
        switch (line.Operand(0))
        {
            case null:
                if ((options.Role ?? OwnIn(options)) is not { } own) return Tool.Fail(ExitCodes.Failure, "this member has no role");
                output.Value(own);
                return ExitCodes.Success;
            case "list":
                IEnumerable<string?> roles = options.Roles is { } seats
                    ? seats.Keys
                    : (await Membership.MembersAsync(line, cancellationToken)).Select(static member => member.Role);
                output.Lines([.. roles.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
                return ExitCodes.Success;
            case var other:
                throw new UsageException($"'{other}' is not list");
        }
    }

    private static string? OwnIn(SyncOptions options) =>
        options.Member is { } self && options.Roster is { } roster && roster.TryGetValue(self, out string? role) ? role : null;
}
