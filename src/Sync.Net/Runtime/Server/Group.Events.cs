using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

internal sealed partial class Group
{
    /// <summary>False when the group was dropped meanwhile: look it up again.</summary>
    public bool TryJoin(Batch batch, GroupLink link, bool resume)
    {
        lock (_gate)
        {
            if (_isRetired) return false;
            if (_isClosed || _server.IsStopping)
            {
                link.OnRefused(RefuseReason.Closing, "The server is stopping.");
                batch.Touch(link);
                return true;
            }
            _links.Add(link.Number, link);
            link.IsAttached = true;
            _joining = link;
            _coordinator.Apply(new Join(link.Number, link.Member, link.Role, link.Incarnation, resume, link.Command), _server.Now, _effects);
            CarryOut(batch);
            _joining = null;
            return true;
        }
    }

    public void Apply(Batch batch, GroupLink link, long ack, in Enter e)
    {
        lock (_gate)
        {
            if (!Begin(link, ack)) return;
            _coordinator.Apply(e, _server.Now, _effects);
            CarryOut(batch);
        }
    }

    public void Apply(Batch batch, GroupLink link, long ack, in Withdraw e)
    {
        lock (_gate)
        {
            if (!Begin(link, ack)) return;
            _coordinator.Apply(e, _server.Now, _effects);
            CarryOut(batch);
        }
    }

    public void Apply(Batch batch, GroupLink link, long ack, in Abort e)
    {
        lock (_gate)
        {
            if (!Begin(link, ack)) return;
            _coordinator.Apply(e, _server.Now, _effects);
            CarryOut(batch);
        }
    }

    public void Apply(Batch batch, GroupLink link, in Resumed e)
    {
        lock (_gate)
        {
            if (!Begin(link, ack: 0)) return;
            _coordinator.Apply(e, _server.Now, _effects);
            CarryOut(batch);
        }
    }

    public void Apply(Batch batch, GroupLink link, long ack, in Depart e)
    {
        lock (_gate)
        {
            if (!Begin(link, ack)) return;
            Detach(link);
            _coordinator.Apply(e, _server.Now, _effects);
            CarryOut(batch);
        }
    }

    public void Apply(Batch batch, GroupLink link, in Disconnect e)
    {
        lock (_gate)
        {
            if (_isClosed || !link.IsAttached) return;
            Detach(link);
            _coordinator.Apply(e, _server.Now, _effects);
            CarryOut(batch);
        }
    }

    /// <summary>The link was heard, and the member has received that many answers.</summary>
    public void Hear(Batch batch, GroupLink link, long ack)
    {
        lock (_gate)
        {
            if (Begin(link, ack)) CarryOut(batch);
        }
    }

    public void Silence(Batch batch, GroupLink link, TimeSpan silentFor)
    {
        lock (_gate)
        {
            if (_isClosed || !link.IsAttached || link.IsSilent) return;
            link.IsSilent = true;
            _coordinator.Apply(new Silence(link.Number, silentFor), _server.Now, _effects);
            CarryOut(batch);
        }
    }

    public void ClearCounts(Batch batch, string? reason)
    {
        lock (_gate)
        {
            if (_isClosed) return;
            _coordinator.Apply(new ClearCounts(reason), _server.Now, _effects);
            CarryOut(batch);
        }
    }

    public void Retire(Batch batch, in Retire e)
    {
        lock (_gate)
        {
            if (_isClosed) return;
            _coordinator.Apply(e, _server.Now, _effects);
            CarryOut(batch);
        }
    }

    /// <summary>Keeps the group although nobody is connected; false when it was dropped meanwhile.</summary>
    public bool TryPin()
    {
        lock (_gate)
        {
            if (_isRetired) return false;
            _isPinned = true;
            return true;
        }
    }

    /// <summary>What is open now.</summary>
    public Overview Show()
    {
        lock (_gate) return StatusReport.Of(_coordinator, null, _server.Now);
    }

    public void Tick(Batch batch)
    {
        lock (_gate)
        {
            if (_isClosed) return;
            _coordinator.Tick(_server.Now, _effects);
            CarryOut(batch);
        }
    }

    /// <summary>What every event of a link begins with: it was heard, and it may acknowledge. False: it has no say any more.</summary>
    private bool Begin(GroupLink link, long ack)
    {
        if (_isClosed || !link.IsAttached) return false;
        if (!link.TryAcknowledge(ack)) throw new ProtocolViolationException("more answers acknowledged than were sent");
        TimeSpan now = _server.Now;
        if (link.IsSilent)
        {
            link.IsSilent = false;
            _coordinator.Apply(new Heard(link.Number), now, _effects);
        }
        if (link.IsProbed)
        {
            link.IsProbed = false;
            _coordinator.Apply(new Alive(link.Number), now, _effects);
        }
        while (link.TryTakeAcknowledged(out long request))
        {
            _coordinator.Apply(new Acknowledge(link.Member, link.Agent, request), now, _effects);
        }
        return true;
    }
}
