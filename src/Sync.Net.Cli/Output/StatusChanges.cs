namespace Sync.Net.Cli.Output;

/// <summary>What has changed in a group from one look to the next, as lines; times that merely go on are no change.</summary>
internal sealed class StatusChanges
{
    private Dictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>Empty if nothing has changed.</summary>
    public List<string> Since(GroupStatus status)
    {
        Dictionary<string, string> now = new(StringComparer.Ordinal);
        foreach (GroupMember member in status.Members) now[member.Id] = StatusText.Of(member);
        foreach (WaitStatus wait in status.Waits)
        {
            string where = $"{wait.Member} waits in {wait.Kind} '{wait.Session}'";
            string text = $"{where} for {string.Join(", ", wait.Missing)}{(wait.Hint is { } hint ? $" ({hint})" : "")}";
            // A member may wait several times for one message.
            now[where] = now.TryGetValue(where, out string? other) && other != text ? $"{other}; {text}" : text;
        }
        List<string> lines = [];
        foreach ((string what, string text) in now)
        {
            if (_known.GetValueOrDefault(what) != text) lines.Add(text);
        }
        foreach (string what in _known.Keys)
        {
            if (!now.ContainsKey(what)) lines.Add($"no more: {what}");
        }
        _known = now;
        return lines;
    }
}
