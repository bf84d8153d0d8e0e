using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>Likely causes of a wait that is not met: what is nearly right.</summary>
internal static class Hints
{
    /// <summary>The likeliest cause; null when nothing looks like one.</summary>
    public static string? For(SessionKey session, IReadOnlyList<MemberFact> missing, IGroup group)
    {
        string? elsewhere = null;
        foreach (MemberFact fact in missing)
        {
            if (LikeMember(fact, group) is { } other) return other;
            elsewhere ??= WaitsElsewhere(group.Find(fact.Id), session);
        }
        return elsewhere ?? LikeSession(session, group);
    }

    /// <summary>Names that people take for the same: they differ only by case, or by - and _.</summary>
    public static bool AreAlike(string a, string b)
    {
        if (a.Length != b.Length || a == b) return false;
        for (int i = 0; i < a.Length; i++)
        {
            if (Folded(a[i]) != Folded(b[i])) return false;
        }
        return true;
    }

    /// <summary>A missing member that waits under another name is the likely cause: a wrong tag, or a step left out.</summary>
    private static string? WaitsElsewhere(Member? member, SessionKey session)
    {
        if (member is null || member is { Link: 0, Commands.Count: 0 }) return null;
        foreach (Request request in member.Requests)
        {
            if (request.IsOpen && Ask.Waits(request.Act) && request.Session.Key != session)
            {
                return $"{member.Id} waits in {request.Session.Key.InText} instead";
            }
        }
        return null;
    }

    private static string? LikeMember(in MemberFact missing, IGroup group)
    {
        if (missing.State != MemberState.Absent || missing.LastSeenAgo is not null) return null;
        foreach (Member member in group.Members)
        {
            if (AreAlike(member.Id, missing.Id)) return $"{member.Id} has come, {missing.Id} has not: is it the same one?";
        }
        return null;
    }

    /// <summary>A session of nearly the same name that somebody uses.</summary>
    private static string? LikeSession(SessionKey session, IGroup group)
    {
        foreach (Session other in group.Sessions)
        {
            if (other.Key.Kind == SessionKind.Group) continue;
            bool isLike = AreAlike(other.Key.Name, session.Name) || (other.Key.Name == session.Name && other.Key.Kind != session.Kind);
            if (isLike && other.UsedBy is { } user) return $"{user} uses {other.Key.InText}, which is another one";
        }
        return null;
    }

    private static char Folded(char c) => c == '_' ? '-' : char.ToLowerInvariant(c);
}
