namespace Sync.Net.Runtime.Server;

/// <summary>
/// Which requests the answer frames of one connection answered, until the member says how many frames it has received.
/// </summary>
internal sealed class AnswerLedger
{
    private readonly Queue<(long Frame, long Request)> _unacknowledged = new();
    private long _frames;
    private long _acknowledged;

    /// <summary>One more answer frame was queued, for this request.</summary>
    public void Add(long request) => _unacknowledged.Enqueue((++_frames, request));

    /// <summary>The frame queued last also answers this request.</summary>
    public void AddToLast(long request) => _unacknowledged.Enqueue((_frames, request));

    /// <summary>False when the member claims to have received more than was sent.</summary>
    public bool TryAcknowledge(long frames)
    {
        if (frames > _frames) return false;
        _acknowledged = Math.Max(_acknowledged, frames);
        return true;
    }

    /// <summary>The next request whose answer has arrived.</summary>
    public bool TryTake(out long request)
    {
        request = 0;
        if (!_unacknowledged.TryPeek(out (long Frame, long Request) oldest) || oldest.Frame > _acknowledged) return false;
        request = _unacknowledged.Dequeue().Request;
        return true;
    }
}
