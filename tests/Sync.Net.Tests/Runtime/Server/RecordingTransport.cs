using System.Runtime.InteropServices;
using Sync.Net.Transport;

namespace Sync.Net.Tests.Runtime.Server;

/// <summary>A network that remembers which arrays a server writes.</summary>
internal sealed class RecordingTransport : ITransport
{
    private readonly MemoryTransport _network = new();
    private readonly List<byte[]> _written = [];

    /// <summary>What was written, in order; nothing that shares an array with something else is copied.</summary>
    public byte[][] Written
    {
        get
        {
            lock (_written) return [.. _written];
        }
    }

    public ValueTask<Stream> ConnectAsync(SyncEndpoint endpoint, CancellationToken cancellationToken) =>
        _network.ConnectAsync(endpoint, cancellationToken);

    public IListener Listen(SyncEndpoint endpoint) => new Listener(this, _network.Listen(endpoint));

    public ValueTask<bool> IsLocalAsync(SyncEndpoint endpoint, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    private void Note(ReadOnlyMemory<byte> bytes)
    {
        // What is a part of an array is no frame that others could share.
        bool isWhole = MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> segment) && segment.Count == segment.Array!.Length;
        lock (_written) _written.Add(isWhole ? segment.Array! : bytes.ToArray());
    }

    private sealed class Listener(RecordingTransport transport, IListener listener) : IListener
    {
        public SyncEndpoint Endpoint => listener.Endpoint;

        public async ValueTask<Stream> AcceptAsync(CancellationToken cancellationToken) =>
            new Recorder(transport, await listener.AcceptAsync(cancellationToken));

        public void Dispose() => listener.Dispose();
    }

    private sealed class Recorder(RecordingTransport transport, Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            transport.Note(buffer);
            return inner.WriteAsync(buffer, cancellationToken);
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
