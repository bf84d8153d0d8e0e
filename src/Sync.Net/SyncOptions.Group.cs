namespace Sync.Net;

// What a member declares of its group.
public sealed partial class SyncOptions
{
    /// <summary>The members of a closed group: id to role, or to null for none. Default null: not declared by name.</summary>
    /// <remarks>
    /// The same on all members; the first declaration counts for the group's life, and who brings another one is refused. For
    /// <see cref="SyncGroup"/>. Without <see cref="Roster"/> and <see cref="Roles"/> a group is open: whoever has the key takes part,
    /// and nothing can wait for <em>all</em>.
    /// </remarks>
    public IDictionary<string, string?>? Roster { get; set; }

    /// <summary>The seats of a closed group: role to how many. Default null: no seats by role.</summary>
    /// <remarks>
    /// From 1 to <see cref="SyncLimits.MaxMembers"/> each. For groups whose members' ids nobody knows before; a seat belongs to its first id
    /// for the group's life. Not together with <see cref="Roster"/>. For <see cref="SyncGroup"/>.
    /// </remarks>
    public IDictionary<string, int>? Roles { get; set; }

    /// <summary>Roles without which the group is over. Default empty.</summary>
    /// <remarks>
    /// When a member of such a role fails or is lost, all calls of the group end, now and later. The same on all members. Source: LAVA's
    /// <c>essential</c>.
    /// </remarks>
    public ICollection<string> EssentialRoles { get; set; } = [];

    /// <summary>A promise: while this member waits nothing else of it runs, and after a failed wait its part is over. Default false.</summary>
    /// <remarks>
    /// Where all members of a closed group promise it, a deadlock is told to all of them at once, with the cycle in words, instead of at the
    /// first timeout. Do not promise it for a member that waits in several threads.
    /// </remarks>
    public bool OneWaitAtATime { get; set; }

    /// <summary>This process is a command that acts for its member, beside others of the same member. Default false.</summary>
    /// <remarks>
    /// It takes no seat: it never makes the member left or lost, and when it ends only what it had open is withdrawn. For scripts, each step of which is
    /// a process of its own. <c>SYNC_NET_INCARNATION</c> tells which start of the member the commands belong to; without it all belong to one.
    /// For <see cref="SyncGroup"/>.
    /// </remarks>
    public bool IsCommand { get; set; }

    /// <summary>The group is closed: its members or seats are declared.</summary>
    internal bool IsClosedGroup => Roster is not null || Roles is not null;
}
