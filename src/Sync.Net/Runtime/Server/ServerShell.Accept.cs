using Sync.Net.Transport;

namespace Sync.Net.Runtime.Server;

internal sealed partial class ServerShell
{
    /// <summary>How long to wait after a failed accept, such as one for lack of file handles.</summary>
    private static readonly TimeSpan AcceptBackOff = TimeSpan.FromMilliseconds(50);

    private async Task AcceptAllAsync()
    {
        try
        {
            while (true)
            {
                // First the stream: a place that waits for one would be missing to the lanes of carriers.
                if (await AcceptAsync().ConfigureAwait(false) is { } stream) Serve(stream, await EnterAsync(stream).ConfigureAwait(false));
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
#pragma warning disable CA1031 // A listener that can't go on ends the server, and Completion tells why.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (_stopping.IsCancellationRequested) return;
            Log.AcceptEnded(_server.Logger, e);
            _completion.TrySetException(e);
            _ = StopAsync(CancellationToken.None);
        }
    }

    /// <summary>The next stream; null when an accept failed and the next may not.</summary>
    private async ValueTask<Stream?> AcceptAsync()
    {
        try
        {
            return await _listener!.AcceptAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            Log.AcceptFailed(_server.Logger, e);
            await Task.Delay(AcceptBackOff, _server.Clock, _stopping.Token).ConfigureAwait(false);
            return null;
        }
    }

    private async ValueTask<HandshakeGate.Place> EnterAsync(Stream stream)
    {
        try
        {
            return await _gate.EnterAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await StreamCloser.CloseAsync(stream).ConfigureAwait(false);
            throw;
        }
    }

    /// <remarks>Where this is not the poll thread, a handshake whose bytes are there already would keep the next one waiting.</remarks>
    private void Serve(Stream stream, HandshakeGate.Place place)
    {
        if (PollThread.IsCurrent) _ = _greeter.ServeAsync(stream, place);
        else _ = Task.Run(() => _greeter.ServeAsync(stream, place), CancellationToken.None);
    }
}
