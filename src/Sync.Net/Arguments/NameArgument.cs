using System.Text;
using Sync.Net.Texts;

namespace Sync.Net.Arguments;

/// <summary>Checks the names that travel: of members, roles, groups, tags and sessions.</summary>
internal static class NameArgument
{
    /// <exception cref="ArgumentException">The name is not usable; the text says why.</exception>
    public static string Check(string? name, string what, string parameter, int maxNameBytes)
    {
        ArgumentNullException.ThrowIfNull(name, parameter);
        return FaultOf(name, what, maxNameBytes) is { } fault ? throw new ArgumentException(fault, parameter) : name;
    }

    /// <summary>What is wrong with a name, or null.</summary>
    public static string? FaultOf(string name, string what, int maxNameBytes)
    {
        if (name.Length == 0) return $"The {what} is empty: give it a name of at least one character.";
        // Long input is told by its beginning: this text may end up in a log.
        string shown = OneLine.Of(name, 40);
        if (name.Any(char.IsControl)) return $"The {what} '{shown}' holds a control character: use printable ones.";
        if (HasLoneSurrogate(name)) return $"The {what} '{shown}' is not valid Unicode: it holds half a surrogate pair.";
        int bytes = Encoding.UTF8.GetByteCount(name);
        return bytes > maxNameBytes
            ? $"The {what} '{shown}' has {bytes} bytes: at most {maxNameBytes} are allowed (SyncLimits.MaxNameBytes)."
            : null;
    }

    // Two such names would become the same bytes.
    private static bool HasLoneSurrogate(string name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (!char.IsSurrogate(name[i])) continue;
            if (i + 1 == name.Length || !char.IsSurrogatePair(name[i], name[i + 1])) return true;
            i++;
        }
        return false;
    }
}
