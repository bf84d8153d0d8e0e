using System.Text;

namespace Sync.Net.Cli.DropIns;

/// <summary>Messages as the lines that LAVA's scripts read, values as they were sent.</summary>
internal sealed class LavaLines
{
    /// <param name="messages">What came.</param>
    /// <param name="isBare">Without the senders: what <c>lava-wait</c> tells.</param>
    /// <param name="form">Which output.</param>
    /// <param name="self">Whose own data is left out, in the form of 2013.</param>
    public LavaLines(SyncMessages messages, bool isBare, LavaForm form, string? self)
    {
        IEnumerable<(string Sender, IReadOnlyDictionary<string, string> Data)> all = messages.Where(static each => each.HasData).Select(static each => (each.Sender, each.Data));
        Text = Of(all, isBare, form, self);
    }

    /// <summary>What is printed, and what the cache file holds.</summary>
    public string Text { get; }

    public static string Of(
        IEnumerable<(string Sender, IReadOnlyDictionary<string, string> Data)> messages, bool isBare, LavaForm form, string? self)
    {
        if (form == LavaForm.Of2013) messages = messages.Where(each => each.Sender != self);
        var text = new StringBuilder();
        foreach ((string sender, Dictionary<string, string> data) in Merged(messages))
        {
            string before = isBare ? "" : form == LavaForm.Of2013 ? sender + " " : sender + ":";
            foreach ((string key, string value) in data) text.Append(before).Append(key).Append('=').Append(value).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>A sender's later value of a key takes the place of its earlier one; who sent last stands last.</summary>
    private static List<(string Sender, Dictionary<string, string> Data)> Merged(
        IEnumerable<(string Sender, IReadOnlyDictionary<string, string> Data)> messages)
    {
        var merged = new List<(string Sender, Dictionary<string, string> Data)>();
        foreach ((string sender, IReadOnlyDictionary<string, string> data) in messages)
        {
            int known = merged.FindIndex(each => each.Sender == sender);
            Dictionary<string, string> all = known < 0 ? new(StringComparer.Ordinal) : merged[known].Data;
            if (known >= 0) merged.RemoveAt(known);
            foreach ((string key, string value) in data) all[key] = value;
            merged.Add((sender, all));
        }
        return merged;
    }
}
