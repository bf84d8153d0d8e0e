using Sync.Net.Coordination;

namespace Sync.Net.Runtime.Server;

internal sealed partial class Connection
{
    // Times are ticks of the server's clock, so that they can be read and written without a lock.
    private long _heard;
    private long _sent;
    private long _overSince;
    private Ending? _over;
    private long _awaitedUntil;

    /// <summary>The member has no say any more on this connection.</summary>
    private bool IsOver => _over is not null;

    /// <summary>The connection is closed, and the member has some time to come back over another one.</summary>
    private bool IsAwaited => Volatile.Read(ref _awaitedUntil) != 0;

    /// <summary>Keeps the connection's times; called by the server's timer.</summary>
    public void Watch(TimeSpan now)
    {
        if (IsAwaited) WatchReturn(now);
        else if (IsOver) WatchLinger(now);
        else if (_isSeated) WatchSilence(now);
    }

    /// <summary>The first reason stays.</summary>
    private void BecomeOver(Ending ending)
    {
        Volatile.Write(ref _overSince, _server.Now.Ticks);
        Interlocked.CompareExchange(ref _over, ending, null);
    }

    private void WaitForReturn(Batch batch)
    {
        TimeSpan now = _server.Now;
        Volatile.Write(ref _awaitedUntil, (now + _server.Settings.ReconnectWindow).Ticks + 1);
        Group.Silence(batch, this, TimeSpan.FromTicks(now.Ticks - Volatile.Read(ref _heard)));
    }

    private void WatchReturn(TimeSpan now)
    {
        if (now.Ticks < Volatile.Read(ref _awaitedUntil) && IsAttached) return;
        _server.Connections.Remove(this);
        Lose(_ending!.Reason);
    }

    private void WatchLinger(TimeSpan now)
    {
        if (now.Ticks - Volatile.Read(ref _overSince) > Linger.Ticks) Abort(_over!);
    }

    private void WatchSilence(TimeSpan now)
    {
        TimeSpan silence = TimeSpan.FromTicks(now.Ticks - Volatile.Read(ref _heard));
        if (silence > _server.Settings.HeartbeatTimeout + _server.Settings.ReconnectWindow)
        {
            string reason = $"silent for {silence.TotalSeconds:F0} s";
            Lose(reason);
            Abort(new Ending(reason));
            return;
        }
        if (silence > _server.Settings.HeartbeatTimeout && !IsSilent)
        {
            Batch batch = Group.Rent();
            Group.Silence(batch, this, silence);
            Group.Flush(batch);
        }
        if (now.Ticks - Volatile.Read(ref _sent) >= _server.Settings.HeartbeatInterval.Ticks) Beat();
    }

    private void Lose(string reason)
    {
        Batch batch = Group.Rent();
        Group.Apply(batch, this, new Disconnect(Number, reason));
        Group.Flush(batch);
    }

    private void Beat()
    {
        // Behind bytes that the other side has not taken yet it would tell nothing.
        if (_outbox.IsSending) return;
        Enqueue(_server.HeartbeatBytes, shared: true);
        AskClock();
        Dispatch();
    }
}
