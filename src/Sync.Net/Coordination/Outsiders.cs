using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>Names of nobody: a closed group without free seats has no place for them, so to wait for them is a mistake.</summary>
internal static class Outsiders
{
    private const int Shown = 8;

    /// <summary>Who of a roster can never come, for people; null when all can.</summary>
    public static string? In(Roster roster, Roll? roll)
    {
        if (roll is not { IsClosed: true, IsFull: true }) return null;
        string[] outsiders = [.. roster.Members.Where(id => !roll.Belongs(id)).Take(Shown + 1)];
        if (outsiders.Length == 0) return null;
        return string.Join(", ", outsiders.Take(Shown)) + (outsiders.Length > Shown ? " and others" : "");
    }
}
