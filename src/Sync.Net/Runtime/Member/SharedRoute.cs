using System.IO.Pipelines;
using Sync.Net.Runtime.Handshake;
using Sync.Net.Transport;
using Sync.Net.Transport.Carrying;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Member;

/// <summary>The way of all members of this process to one server.</summary>
#pragma warning disable CA1001 // The semaphore has no wait handle, and so needs no disposing.
internal sealed partial class SharedRoute(ITransport transport, SyncEndpoint endpoint)
#pragma warning restore CA1001
{
    /// <summary>How many of the largest frames may wait for a member: the parts of a large result come at once, and the pool may be late.</summary>
    private const int FramesWaiting = 8;

    private readonly Lock _gate = new();

    /// <summary>The carrier that new lanes are opened on, or the attempt to make it; null when there is none that lives.</summary>
    private Task<Carrier?>? _making;

    /// <summary>The server takes no lanes.</summary>
    private volatile bool _isDeclined;

    public ITransport Transport => transport;

    public SyncEndpoint Endpoint => endpoint;

    /// <summary>Those who are connected, or about to be. Guarded by the lock of <see cref="SharedConnections"/>.</summary>
    public int Members { get; set; }

    /// <summary>A lane to the server; null when it takes none.</summary>
    /// <exception cref="IOException">Nobody can be reached there.</exception>
    private async ValueTask<(Stream Lane, Task<Carrier?> Made)?> OpenLaneAsync(SyncLimits limits, TimeProvider time, CancellationToken cancellationToken)
    {
        while (!_isDeclined)
        {
            Task<Carrier?> making;
            lock (_gate) making = _making ??= MakeAsync(limits.Clone(), time);
            Carrier? carrier;
            try
            {
                carrier = await making.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (IOException)
            {
                Forget(making);
                throw;
            }
            if (carrier is null)
            {
                Forget(making);
                return null;
            }
            if (carrier.TryOpen() is { } lane) return (lane, making);
            // Over or full: another one.
            Forget(making);
        }
        return null;
    }

    private void Forget(Task<Carrier?> made)
    {
        lock (_gate)
        {
            if (_making == made) _making = null;
        }
    }

    /// <summary>Shared by all who wait for it, so it ends with none of them.</summary>
    private async Task<Carrier?> MakeAsync(SyncLimits limits, TimeProvider time)
    {
        // Under the lock up to here.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var patience = new CancellationTokenSource(limits.HandshakeTimeout, time);
        Stream stream;
        try
        {
            // Not as for one member: its reads are to go on whatever a member does with the thread.
            stream = await transport.ConnectAsync(endpoint, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new IOException($"{endpoint} did not answer");
        }
        PipeReader reader = DuplexStream.ReaderOf(stream, new StreamPipeReaderOptions(bufferSize: Piece.HeaderBytes + Piece.MostBytes, leaveOpen: true));
        try
        {
            if (await CarryHandshake.RunAsync(reader, stream, new WireContext(limits), patience.Token).ConfigureAwait(false))
            {
                var carrier = new Carrier(stream, reader, Carrier.MostUnreadOf((long)FramesWaiting * limits.MaxFrameBytes), opened: null);
                _ = carrier.RunAsync();
                return carrier;
            }
            _isDeclined = true;
        }
        catch (OperationCanceledException)
        {
            // It does not answer; a member by itself will find out what it is.
        }
        await stream.DisposeAsync().ConfigureAwait(false);
        return null;
    }
}
