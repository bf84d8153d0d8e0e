namespace Sync.Net.Runtime.Server;

/// <summary>Closes a stream whose end interests nobody any more.</summary>
internal static class StreamCloser
{
    public static async ValueTask CloseAsync(Stream stream)
    {
        try
        {
            await stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It was broken already.
        }
    }
}
