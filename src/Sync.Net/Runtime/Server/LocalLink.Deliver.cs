using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

internal sealed partial class LocalLink
{
    private readonly Lock _gate = new();
    private readonly Queue<LocalDelivery> _deliveries = new();
    private bool _isDelivering;
    private bool _wasSeated;

    // Nothing told within a process gets lost: the group counts it as acknowledged.
    public override bool TryAcknowledge(long frames) => true;

    public override bool TryTakeAcknowledged(out long request)
    {
        request = 0;
        return false;
    }

    public override void OnSeated() => Add(new LocalDelivery(LocalDeliveryKind.Seated));

    public override void OnRefused(RefuseReason reason, string text) =>
        Add(new LocalDelivery(LocalDeliveryKind.Refused, Reason: reason, Text: text));

    public override void OnEvicted(string text, bool byItself)
    {
        if (!byItself) OnRefused(RefuseReason.Replaced, text);
    }

    public override bool OnProbed(TimeSpan now, bool recentlyIsEnough) => true;

    public override void OnAnswer(long request, AnswerContent content) =>
        Add(new LocalDelivery(LocalDeliveryKind.Answer, request, content.Generation, content.Outcome));

    public override void OnDecision(long request, AnswerContent content) => OnAnswer(request, content);

    public override void OnClosing() => Add(new LocalDelivery(LocalDeliveryKind.Closing));

    /// <summary>Calls the sink for all that waits, unless somebody is at it already: one call at a time, in order.</summary>
    public override void Dispatch()
    {
        while (TryTake(out LocalDelivery delivery))
        {
            try
            {
                Deliver(delivery);
            }
#pragma warning disable CA1031 // A sink that fails must not end the reading of somebody else's connection.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Log.SinkFailed(_server.Logger, e, Member);
            }
            lock (_gate) _isDelivering = false;
        }
    }

    private void Add(in LocalDelivery delivery)
    {
        lock (_gate) _deliveries.Enqueue(delivery);
    }

    private bool TryTake(out LocalDelivery delivery)
    {
        lock (_gate)
        {
            delivery = default;
            if (_isDelivering || !_deliveries.TryDequeue(out delivery)) return false;
            _isDelivering = true;
            return true;
        }
    }

    private void Deliver(in LocalDelivery delivery)
    {
        switch (delivery.Kind)
        {
            case LocalDeliveryKind.Seated:
                _wasSeated = true;
                _sink.OnSeated(this, _server.Term);
                break;
            case LocalDeliveryKind.Answer:
                _sink.OnAnswer(this, delivery.Request, delivery.Generation, delivery.Outcome!);
                break;
            case LocalDeliveryKind.Refused:
                // Who was never seated does not know this link: it is its attempt that ends, as after a handshake.
                _sink.OnRefused(_wasSeated ? this : null, delivery.Reason, delivery.Text);
                break;
            default:
                _sink.OnClosing(this);
                break;
        }
    }
}
