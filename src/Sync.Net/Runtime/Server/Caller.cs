using System.Buffers;
using Sync.Net.Runtime.Handshake;
using Sync.Net.Transport;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

/// <summary>Calls listening members and serves them as if they had connected (the reverse direction).</summary>
internal sealed class Caller(ServerContext server, Greeter greeter, HandshakeGate gate)
{
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMilliseconds(500);

    /// <summary>Keeps one member called until it says goodbye, or the token ends. Never throws.</summary>
    public async Task KeepCalledAsync(
        MemberCall call, SyncEndpoint endpoint, Action<string, RefuseReason, string>? onRefused, CancellationToken cancellationToken)
    {
        TimeSpan backOff = FirstBackOff;
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                switch (await CallAsync(call, endpoint, cancellationToken).ConfigureAwait(false))
                {
                    case Greeting.Arrived(var connection, _, _):
                        if (connection.Ending == Ending.Goodbye) return;
                        if (connection.WasSeated) backOff = FirstBackOff;
                        break;
                    case Greeting.Refused(var reason, var text):
                        Log.CallFailed(server.Logger, call.Group, call.Member, endpoint.ToString(), text);
                        onRefused?.Invoke(call.Member, reason, text);
                        break;
                    case Greeting.Ended(var text):
                        Log.CallFailed(server.Logger, call.Group, call.Member, endpoint.ToString(), text);
                        break;
                }
                await Task.Delay(backOff, server.Clock, cancellationToken).ConfigureAwait(false);
                backOff = backOff * 2 < LongestBackOff ? backOff * 2 : LongestBackOff;
            }
        }
        catch (OperationCanceledException)
        {
            // The caller's wish; who is connected stays connected.
        }
    }

    private async Task<Greeting> CallAsync(MemberCall call, SyncEndpoint endpoint, CancellationToken cancellationToken)
    {
        Stream stream;
        try
        {
            stream = await server.Settings.Transport.ConnectAsync(endpoint, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            return new Greeting.Ended(e.Message);
        }
        Task<Greeting> served = ServeAsync(stream, call, cancellationToken);
        return await served.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<Greeting> ServeAsync(Stream stream, MemberCall call, CancellationToken cancellationToken)
    {
        HandshakeGate.Place? place = null;
        try
        {
            place = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
            var dial = new ArrayBufferWriter<byte>();
            ServerHandshake.WriteDial(dial, call.Group, call.Member);
            await stream.WriteAsync(dial.WrittenMemory, cancellationToken).ConfigureAwait(false);
            return await greeter.ServeAsync(stream, place, call).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            place?.Dispose();
            await StreamCloser.CloseAsync(stream).ConfigureAwait(false);
            return new Greeting.Ended(e.Message);
        }
    }
}
