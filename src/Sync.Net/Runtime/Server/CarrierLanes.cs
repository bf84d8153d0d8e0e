using System.IO.Pipelines;
using System.Threading.Channels;
using Sync.Net.Transport.Carrying;

namespace Sync.Net.Runtime.Server;

/// <summary>The lanes of one carrier. The carrier is read on while lanes wait for a place in the gate, which others of its lanes may have to leave first.</summary>
internal sealed class CarrierLanes
{
    private readonly Carriers _carriers;
    private readonly Greeter _greeter;
    private readonly Carrier _carrier;
    private readonly Channel<Lane> _arrived = Channel.CreateUnbounded<Lane>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenRegistration _ending;
    private HandshakeGate.Place? _first;
    private TimeSpan _since;

    public CarrierLanes(Carriers carriers, Greeter greeter, HandshakeGate.Place place, Stream stream, PipeReader reader, int mostUnread, TimeSpan now)
    {
        _carriers = carriers;
        _greeter = greeter;
        _first = place;
        _since = now;
        _carrier = new Carrier(stream, reader, mostUnread, OnOpened);
        _ending = place.Ended.UnsafeRegister(static lanes => ((CarrierLanes)lanes!).End(), this);
    }

    /// <summary>Serves them until the carrier ends. Never throws.</summary>
    public async Task RunAsync()
    {
        Task accepting = AcceptAllAsync();
        await _carrier.RunAsync().ConfigureAwait(false);
        _arrived.Writer.TryComplete();
        await accepting.ConfigureAwait(false);
        _ending.Unregister();
        _first?.Dispose();
    }

    public void End() => _carrier.Abort(new IOException("The server has ended the connection."));

    /// <summary>A carrier whose lanes prove nothing, or have all gone, ends when the time of a handshake is over.</summary>
    public void Watch(TimeSpan now, TimeSpan patience)
    {
        if (_carrier.IsTrusted && _carrier.Open > 0) _since = now;
        else if (now - _since > patience) End();
    }

    private void OnOpened(Lane lane)
    {
        if (_carriers.TryWait()) _arrived.Writer.TryWrite(lane);
        else lane.Dispose();
    }

    private async Task AcceptAllAsync()
    {
        await foreach (Lane lane in _arrived.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                await AcceptAsync(lane).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The server is stopping.
                await lane.DisposeAsync().ConfigureAwait(false);
            }
            finally
            {
                _carriers.EndWait();
            }
        }
    }

    private async ValueTask AcceptAsync(Lane lane)
    {
        if (lane.IsEnded)
        {
            // Gone while it waited: it needs no place.
            await lane.DisposeAsync().ConfigureAwait(false);
            return;
        }
        HandshakeGate.Place? place = Interlocked.Exchange(ref _first, null);
        if (place is not null) _ending.Unregister();
        else place = await _carriers.EnterAsync().ConfigureAwait(false);
        // Not here: a handshake whose bytes are there already would keep the next one waiting.
        _ = Task.Run(() => _greeter.ServeAsync(lane, place), CancellationToken.None);
    }
}
