using System.IO.Pipelines;
using Sync.Net.Runtime.Handshake;
using Sync.Net.Transport;
using Sync.Net.Transport.Carrying;

namespace Sync.Net.Runtime.Server;

/// <summary>Takes a new stream through its handshake, and then serves the member that it turned out to be.</summary>
internal sealed partial class Greeter(ServerContext server, GroupKey? key, CallDesk calls, Carriers carriers)
{
    /// <summary>Serves the stream to its end and closes it. Never throws.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="place">The place in the handshake gate; given back when the handshake is over.</param>
    /// <param name="called">The member that this side has called; null for an accepted stream.</param>
    public async Task<Greeting> ServeAsync(Stream stream, HandshakeGate.Place place, MemberCall? called = null)
    {
        place.Begin();
        PipeReader reader = ReaderOf(stream);
        Greeting greeting = await GreetAsync(stream, reader, called, place.Ended).ConfigureAwait(false);
        // A carrier's first lane needs the place that the carrier has.
        if (greeting is not Greeting.Carried) place.Dispose();
        switch (greeting)
        {
            case Greeting.Carried:
                await carriers.ServeAsync(this, stream, reader, place).ConfigureAwait(false);
                break;
            case Greeting.Arrived(var connection, var group, var resume):
                await connection.RunAsync(group, resume).ConfigureAwait(false);
                break;
            case Greeting.HandedOver:
                break;
            default:
                await reader.CompleteAsync().ConfigureAwait(false);
                await StreamCloser.CloseAsync(stream).ConfigureAwait(false);
                break;
        }
        return greeting;
    }

    private static PipeReader ReaderOf(Stream stream)
    {
        (stream as PolledStream)?.ContinueOnPollThread();
        return DuplexStream.ReaderOf(stream);
    }

    private async Task<Greeting> GreetAsync(Stream stream, PipeReader reader, MemberCall? called, CancellationToken cancellationToken)
    {
        try
        {
            ServerHandshake handshake = ServerHandshake.Create(server.Term, key, server.Wire, called is not null);
            ServerHandshakeResult result = await handshake.AuthenticateAsync(reader, stream, cancellationToken).ConfigureAwait(false);
            switch (result)
            {
                case ServerHandshakeResult.Verified { Hello: var hello }:
                    return await ReceiveAsync(hello, handshake, stream, reader, called, cancellationToken).ConfigureAwait(false);
                case ServerHandshakeResult.Dialled { Dial: var dial }:
                    return await HandOverAsync(dial, handshake, stream, reader, cancellationToken).ConfigureAwait(false);
                case ServerHandshakeResult.Carried:
                    return stream is Lane || called is not null ? Ended("a lane carries no lanes") : new Greeting.Carried();
                case ServerHandshakeResult.Refused(var reason, var text):
                    Log.HandshakeRefused(server.Logger, reason, text);
                    await LingerAsync(reader, cancellationToken).ConfigureAwait(false);
                    return new Greeting.Refused(reason, text);
                case ServerHandshakeResult.Declined(var reason, var text):
                    return new Greeting.Refused(reason, text);
                case ServerHandshakeResult.NotSyncNet(var text):
                    Log.ForeignProgram(server.Logger, text);
                    return new Greeting.Ended(text);
                default:
                    return Ended(((ServerHandshakeResult.Closed)result).Text);
            }
        }
        catch (OperationCanceledException)
        {
            return Ended("its time was over");
        }
#pragma warning disable CA1031 // Whatever goes wrong here is this stream's end and nobody else's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.HandshakeFailed(server.Logger, e);
            return new Greeting.Ended(e.Message);
        }
    }

    private Greeting.Ended Ended(string text)
    {
        Log.HandshakeEnded(server.Logger, text);
        return new Greeting.Ended(text);
    }
}
