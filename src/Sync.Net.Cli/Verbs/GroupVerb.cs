using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>Prints the members and their roles, or the members of a role.</summary>
internal sealed class GroupVerb : Verb
{
    public override Syntax Syntax => Syntax.OfMember("group [ROLE]", 0, 1);

    public override async Task<int> RunAsync(Line line, Printer output, CancellationToken cancellationToken)
    {
        List<(string Id, string? Role)> members = await Membership.MembersAsync(line, cancellationToken);
        if (line.Operand(0) is { } role) return PrintRole(role, [.. members.Where(member => member.Role == role).Select(static member => member.Id)], output);
        if (output.IsJson)
        {
            output.Json(json =>
            {
                json.WriteStartObject();
                foreach ((string id, string? of) in members) json.WriteString(id, of);
                json.WriteEndObject();
            });
        }
        else
        {
            output.Lines([.. members.Select(static member => $"{member.Id}\t{member.Role}")]);
        }
        return ExitCodes.Success;
    }

    private static int PrintRole(string role, string[] ids, Printer output)
    {
        if (ids.Length == 0) return Tool.Fail(ExitCodes.Failure, $"no member has the role '{role}'");
        output.Lines(ids);
        return ExitCodes.Success;
    }
}
