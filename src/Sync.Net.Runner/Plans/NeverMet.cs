using System.Globalization;

namespace Sync.Net.Runner.Plans;

/// <summary>Finds what a plan itself declares and can never be met.</summary>
internal static class NeverMet
{
    private static readonly HashSet<string> ValueOptions = new(
    [
        "--endpoint", "--group", "--member", "--role", "--group-roster", "--group-roles", "--essential", "--key-file", "--timeout",
        "--roster", "--get", "--cache", "--code", "--members", "--participants",
    ], StringComparer.Ordinal);

    public static IReadOnlyList<PlanFault> Find(PlanModel plan)
    {
        var faults = new PlanFaults();
        foreach (PlanRole role in plan.Roles)
        {
            if (Cycle(role, plan) is { } cycle) faults.Add(plan.Source, role.Start!.Node, cycle);
        }
        foreach (PlanAction action in plan.Roles.Select(static role => role.Own).OfType<PlanAction>().Concat(plan.Actions))
        {
            IEnumerable<IReadOnlyList<string?>> commands = action.Script is { } script ? ShellWords.CommandsOf(script) : [action.Command];
            foreach (IReadOnlyList<string?> words in commands)
            {
                if (FaultOf(words, plan) is { } fault) faults.Add(plan.Source, action.Node, fault);
            }
        }
        return faults.All;
    }

    /// <summary>Told once, at the role of the cycle that comes first in the plan.</summary>
    private static string? Cycle(PlanRole first, PlanModel plan)
    {
        List<PlanRole> way = [];
        for (PlanRole? role = first; role is not null && !way.Contains(role); role = After(role, plan)) way.Add(role);
        if (After(way[^1], plan) != first || way.Any(role => Index(role) < Index(first))) return null;
        return way.Count == 1
            ? $"the role '{first.Name}' starts after itself, so it never starts: remove it"
            : $"the role '{string.Join("' starts after '", way.Append(first).Select(static role => role.Name))}', so none of them ever starts: remove one";

        int Index(PlanRole role) => plan.Roles.TakeWhile(each => each != role).Count();
    }

    private static PlanRole? After(PlanRole role, PlanModel plan) =>
        role.Start is not { } start ? null
        : start.Role is { } name ? plan.Roles.FirstOrDefault(each => each.Name == name)
        : start.Member is { } member ? plan.Roles.FirstOrDefault(each => each.Ids.Contains(member))
        : null;

    private static string? FaultOf(IReadOnlyList<string?> words, PlanModel plan)
    {
        string command = Path.GetFileName(words[0]) ?? "";
        List<string?> operands = [];
        var options = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (int i = 1; i < words.Count; i++)
        {
            string? word = words[i];
            int equals = word?.IndexOf('=', StringComparison.Ordinal) ?? -1;
            if (word is null || !word.StartsWith('-') || word == "-") operands.Add(word);
            else if (word.StartsWith("--", StringComparison.Ordinal) && equals > 0) options[word[..equals]] = word[(equals + 1)..];
            else if ((ValueOptions.Contains(word) || (command == "emulab-sync" && word is "-i" or "-n" or "-e" or "-s" or "-p")) && i + 1 < words.Count) options[word] = words[++i];
        }
        return (command, operands) switch
        {
            ("syncnet", ["barrier" or "data", ..]) => OfRoster(options.GetValueOrDefault("--roster"), "--roster", plan),
            ("syncnet", ["count", "wait", ..]) => OfCount(options.GetValueOrDefault("--participants"), 0, "--participants", plan),
            ("syncnet", ["count", "init", ..]) => OfRoster(options.GetValueOrDefault("--members"), "--members", plan) ?? OfCount(operands.ElementAtOrDefault(2), 1, "count init", plan),
            ("emulab-sync", _) => OfCount(options.GetValueOrDefault("-i"), 1, "emulab-sync -i", plan),
            ("syncnet", ["wait-all", _, { } role, ..]) => OfRole(role, plan),
            ("lava-wait-all", [_, { } role, ..]) => OfRole(role, plan),
            _ => null,
        };
    }

    private static string? OfRoster(string? roster, string option, PlanModel plan)
    {
        string[] nobody = [.. (roster ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Where(name => !plan.Ids.Contains(name))];
        if (nobody.Length == 0) return null;
        return $"{option} {roster} names {string.Join(", ", nobody)}, whom the plan does not have, so the wait is never met; there is {string.Join(", ", plan.Ids)}";
    }

    /// <summary>An initialiser waits beside those that it counts.</summary>
    private static string? OfCount(string? text, int beside, string option, PlanModel plan)
    {
        int most = plan.Ids.Count() - beside;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count <= most) return null;
        return string.Create(CultureInfo.InvariantCulture, $"{option} {count} waits for more members than there are ({most}{(beside == 0 ? "" : " beside itself")}), so it is never met: write at most {most}");
    }

    private static string? OfRole(string role, PlanModel plan) => plan.Roles.Any(each => each.Name == role)
        ? null
        : $"waits for the role '{role}', which nobody has, so it is never met; there is {string.Join(", ", plan.Roles.Select(static each => each.Name))}";
}
