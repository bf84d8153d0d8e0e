using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

/// <summary>The path of a member that lives in the server's own process: calls instead of frames.</summary>
/// <remarks>
/// A post takes effect before it returns. What it sets in motion waits for <see cref="Flush"/>: first the bytes for
/// connections, then the sinks of this process's members. What other members' events have for this one is delivered
/// by their threads.
/// </remarks>
internal sealed partial class LocalLink : GroupLink, IMemberLink
{
    private readonly ServerContext _server;
    private readonly IMemberSink _sink;
    private readonly Lock _posting = new();
    private Batch? _batch;

    public LocalLink(ServerContext server, string member, string? role, Guid incarnation, Guid? command, IMemberSink sink)
        : base(server.NextLink(), member, role, incarnation, command)
    {
        _server = server;
        _sink = sink;
    }

    public override bool IsLocal => true;

    public void Join(string groupName, bool resume)
    {
        lock (_posting)
        {
            if (_server.Groups.TryJoin(groupName, this, resume, out _, out _batch)) return;
        }
        OnRefused(RefuseReason.Limit, $"The server has {_server.Limits.MaxGroups} groups (MaxGroups).");
    }

    public void Post(in Enter e)
    {
        lock (_posting)
        {
            if (HasGroup) Group.Apply(Batch, this, ack: 0, e with { Link = Number });
        }
    }

    public void Post(in Withdraw e)
    {
        lock (_posting)
        {
            if (HasGroup) Group.Apply(Batch, this, ack: 0, e with { Link = Number });
        }
    }

    public void Post(in Abort e)
    {
        lock (_posting)
        {
            if (HasGroup) Group.Apply(Batch, this, ack: 0, e with { Link = Number });
        }
    }

    public void Post(in Resumed e)
    {
        lock (_posting)
        {
            if (HasGroup) Group.Apply(Batch, this, e with { Link = Number });
        }
    }

    public void Post(in Depart e)
    {
        lock (_posting)
        {
            if (HasGroup) Group.Apply(Batch, this, ack: 0, e with { Link = Number });
        }
    }

    /// <summary>As the death of a process; what it sets in motion waits for <see cref="Flush"/> as well.</summary>
    public void Close()
    {
        lock (_posting)
        {
            if (HasGroup) Group.Apply(Batch, this, new Disconnect(Number, "it ended without a goodbye"));
        }
    }

    public void Flush()
    {
        Batch? batch;
        lock (_posting) (batch, _batch) = (_batch, null);
        if (batch is not null) Group.Flush(batch);
        Dispatch();
    }

    // Null only when the server had no room for the group.
    private bool HasGroup => Group is not null;

    private Batch Batch => _batch ??= Group.Rent();
}
