using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>Waits until each of the named members, or of the declared ones of one role or of all, has sent a message.</summary>
/// <param name="request">The request.</param>
/// <param name="board">What was sent.</param>
/// <param name="group">Who is there.</param>
/// <param name="after">The last number that the waiter knows: it is told what is above.</param>
/// <param name="named">Whom it needs; null for those of the role.</param>
/// <param name="role">The role; null for all roles.</param>
internal sealed class ReceiveAllWait(Request request, Board board, IGroup group, long after, Roster? named, string? role) : BoardWait(request, board, group)
{
    private readonly Muster _muster = new();

    /// <summary>Those of the role, once no seat of it is free: then they are the same for the group's life.</summary>
    private IReadOnlyList<string>? _needed = named?.Members;

    public override IReadOnlyList<string> Lacked =>
        [.. (named?.Members ?? Group.Roll!.IdsOf(role)).Where(id => !HasDone(id)), .. named is null ? Group.Roll!.FreeSeatNames(role) : []];

    /// <summary>A member that is named, and that no seat is left for.</summary>
    public string? Outsider => Group.Roll is { All: not null } roll ? named?.Members.FirstOrDefault(id => !roll.Belongs(id)) : null;

    public override bool IsMet()
    {
        if (_needed is null && Group.Roll!.FreeSeats(role) > 0) return false;
        _needed ??= [.. Group.Roll!.IdsOf(role)];
        return _muster.IsComplete(_needed, HasDone);
    }

    public override Released Show(TimeSpan now) => Board.Show(after, Excluded, now);

    protected override bool Needs(Member gone)
    {
        if (HasDone(gone.Id)) return false;
        return named?.Contains(gone.Id) ?? (Group.Roll!.Belongs(gone.Id) && (role is null || Group.Roll.RoleOf(gone.Id) == role));
    }

    protected override Failed Describe(SyncFailureKind kind, string? culprit, string? reason, TimeSpan now)
    {
        SessionKey key = Request.Session.Key;
        return Without(Excluded, named is null
            ? Failures.OfGroup(kind, culprit, reason, role, HasDone, Group, key, now)
            : Failures.Of(kind, culprit, reason, named.Members, HasDone, Group, key, now));
    }

    /// <summary>One message is enough for ever; where the own ones don't count, none is needed either.</summary>
    private bool HasDone(string id) => id == Excluded || Board.HasSent(id);
}
