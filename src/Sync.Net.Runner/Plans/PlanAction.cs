namespace Sync.Net.Runner.Plans;

/// <summary>Something that the members of some roles do: a program with arguments, or a text for the shell.</summary>
/// <param name="Node">Where it stands.</param>
/// <param name="Roles">Who does it; empty for all roles (L7).</param>
/// <param name="Command">The program and its arguments; empty if it is a text.</param>
/// <param name="Script">The text; null if it is a program.</param>
internal sealed record PlanAction(PlanNode Node, IReadOnlyList<string> Roles, IReadOnlyList<string> Command, string? Script)
{
    private const string LavaCommand = "lava_command_run";

    public static PlanAction? Read(PlanObject entry)
    {
        if (entry.Node.Members.GetValueOrDefault("parameters") is not null) return ReadLava(entry);
        IReadOnlyList<string> roles = RolesOf(entry);
        PlanAction? action = ReadWhatToDo(entry, roles);
        entry.RefuseOthers();
        if (action is null && !entry.Node.Members.ContainsKey("run") && !entry.Node.Members.ContainsKey("command") && entry.Node.IsObject)
        {
            entry.Fault(entry.Node, "does nothing: write \"run\": \"a line for the shell\" or \"command\": [\"program\", \"argument\"]");
        }
        return action;
    }

    /// <summary>The values <c>run</c> or <c>command</c> of an object; null if it has neither.</summary>
    public static PlanAction? ReadWhatToDo(PlanObject entry, IReadOnlyList<string> roles)
    {
        string? script = entry.Text("run");
        IReadOnlyList<string> command = entry.Texts("command");
        if (entry.Node.Members.TryGetValue("command", out PlanNode? given) && given is { IsArray: true, Items.Count: 0 }) entry.Fault(given, "is empty: write the program and its arguments");
        if (script is not null && command.Count > 0) entry.Fault(entry.Node, "has both 'run' and 'command': keep one");
        return script is null && command.Count == 0 ? null : new PlanAction(entry.Node, roles, script is null ? command : [], script);
    }

    /// <summary>How a member does several, one after the other, until one fails.</summary>
    public static IReadOnlyList<string> Join(IReadOnlyList<PlanAction> actions)
    {
        if (actions is [{ Script: null } only]) return only.Command;
        if (actions is [{ Script: { } script }]) return ["sh", "-c", script];
        return ["sh", "-c", "set -e\n" + string.Join('\n', actions.Select(static action => action.Script is { } text ? $"(\n{text}\n)" : string.Join(' ', action.Command.Select(Quote))))];
    }

    private static IReadOnlyList<string> RolesOf(PlanObject entry)
    {
        string? role = entry.Text("role");
        IReadOnlyList<string> roles = entry.Texts("roles");
        if (role is not null && roles.Count > 0) entry.Fault(entry.Node.Members["roles"], "stands beside 'role': keep one");
        return role is null ? roles : [role];
    }

    /// <summary>LAVA's own way to say it: <c>{"command": "lava_command_run", "parameters": {"commands": […], "role": "client"}}</c>.</summary>
    private static PlanAction? ReadLava(PlanObject entry)
    {
        string? name = entry.Text("command");
        PlanObject parameters = entry.Inner(entry.Find("parameters")!);
        entry.RefuseOthers();
        if (name != LavaCommand)
        {
            entry.Fault(entry.Node, $"the LAVA action '{name}' can't be done here: of those with 'parameters' only {LavaCommand} can; write \"run\": \"…\" instead");
            return null;
        }
        IReadOnlyList<string> commands = parameters.Texts("commands");
        string? role = parameters.Text("role");
        parameters.RefuseOthers();
        if (commands.Count == 0) entry.Fault(parameters.Node, "has no 'commands': write a list of lines for the shell");
        return new PlanAction(entry.Node, role is null ? [] : [role], [], string.Join('\n', ["set -e", .. commands]));
    }

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
