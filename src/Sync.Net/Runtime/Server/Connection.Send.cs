using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

internal sealed partial class Connection : IOutboxOwner
{
    private long _lastContent;
    private volatile bool _isSeated;
    private volatile bool _overflows;
    private volatile bool _isEvicted;

    public override bool TryAcknowledge(long frames) => _ledger.TryAcknowledge(frames);

    public override bool TryTakeAcknowledged(out long request) => _ledger.TryTake(out request);

    public override void OnSeated()
    {
        Volatile.Write(ref _heard, _server.Now.Ticks);
        _isSeated = true;
        Enqueue(_welcome, shared: false);
        AskClock();
    }

    public override void OnRefused(RefuseReason reason, string text)
    {
        BecomeOver(new Ending(text));
        Enqueue(FrameBytes.Of(_server.Term, new RefuseFrame(reason, text)), shared: false);
    }

    public override void OnEvicted(string text, bool byItself)
    {
        if (byItself) _isEvicted = true;
        else OnRefused(RefuseReason.Replaced, text);
    }

    public override bool OnProbed(TimeSpan now, bool recentlyIsEnough)
    {
        if (recentlyIsEnough && now.Ticks - Volatile.Read(ref _heard) <= _server.Settings.HeartbeatInterval.Ticks) return true;
        Enqueue(FrameBytes.Of(_server.Term, new PingFrame(Number)), shared: false);
        return false;
    }

    public override void OnAnswer(long request, AnswerContent content)
    {
        foreach (byte[] part in content.Parts) Enqueue(part, shared: true);
        Enqueue(content.AnswerTo(request), shared: false);
        _ledger.Add(request);
    }

    public override void OnDecision(long request, AnswerContent content)
    {
        if (_lastContent == content.Number)
        {
            _ledger.AddToLast(request);
            return;
        }
        _lastContent = content.Number;
        foreach (byte[] part in content.Parts) Enqueue(part, shared: true);
        Enqueue(content.Decision, shared: true);
        _ledger.Add(request);
    }

    public override void OnClosing()
    {
        if (_isSeated) Enqueue(_server.ClosingBytes, shared: true);
        else OnRefused(RefuseReason.Closing, "The server is stopping.");
    }

    public override void Dispatch()
    {
        if (_isEvicted)
        {
            Abort(new Ending("the member reconnected"));
        }
        else if (_overflows)
        {
            Log.CutOff(_server.Logger, Group.Name, Member, _server.Limits.MaxQueuedBytes);
            Abort(new Ending("it did not read what was sent to it", MayReturn: true));
        }
        else
        {
            _outbox.Flush();
        }
    }

    void IOutboxOwner.OnBytesTaken()
    {
        Volatile.Write(ref _heard, _server.Now.Ticks);
        if (!IsSilent) return;
        Batch batch = Group.Rent();
        Group.Hear(batch, this, ack: 0);
        Group.Flush(batch);
    }

    void IOutboxOwner.OnSendFailed(Exception exception) => Abort(Ending.Of(exception));

    private void Enqueue(byte[] bytes, bool shared)
    {
        Volatile.Write(ref _sent, _server.Now.Ticks);
        if (!_outbox.TryEnqueue(bytes, shared)) _overflows = true;
    }
}
