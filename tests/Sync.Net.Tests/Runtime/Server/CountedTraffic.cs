using System.Buffers.Binary;
using Sync.Net.Transport;

namespace Sync.Net.Tests.Runtime.Server;

/// <summary>One member's way to the server, which counts the frames and bytes that go along it, each way.</summary>
internal sealed class CountedTraffic(ITransport network) : ITransport
{
    private readonly Way _up = new();
    private readonly Way _down = new();

    /// <summary>What the member sent, and what it received.</summary>
    public (int UpFrames, int UpBytes, int DownFrames, int DownBytes) Counts => (_up.Frames, _up.Bytes, _down.Frames, _down.Bytes);

    public async ValueTask<Stream> ConnectAsync(SyncEndpoint endpoint, CancellationToken cancellationToken) =>
        new Counter(this, await network.ConnectAsync(endpoint, cancellationToken));

    public IListener Listen(SyncEndpoint endpoint) => network.Listen(endpoint);

    public ValueTask<bool> IsLocalAsync(SyncEndpoint endpoint, CancellationToken cancellationToken) => network.IsLocalAsync(endpoint, cancellationToken);

    /// <summary>Frames are counted by their length prefixes, wherever reads and writes divide them.</summary>
    private sealed class Way
    {
        private const int PrefixBytes = sizeof(int);

        private readonly Lock _gate = new();
        private readonly byte[] _prefix = new byte[PrefixBytes];
        private int _got;
        private int _left;
        private int _frames;
        private int _bytes;

        public int Frames
        {
            get
            {
                lock (_gate) return _frames;
            }
        }

        public int Bytes
        {
            get
            {
                lock (_gate) return _bytes;
            }
        }

        public void Note(ReadOnlySpan<byte> bytes)
        {
            lock (_gate)
            {
                _bytes += bytes.Length;
                while (bytes.Length > 0)
                {
                    if (_left == 0)
                    {
                        _prefix[_got++] = bytes[0];
                        bytes = bytes[1..];
                        if (_got < _prefix.Length) continue;
                        (_got, _left) = (0, BinaryPrimitives.ReadInt32BigEndian(_prefix));
                        continue;
                    }
                    int taken = Math.Min(_left, bytes.Length);
                    bytes = bytes[taken..];
                    _left -= taken;
                    if (_left == 0) _frames++;
                }
            }
        }
    }

    private sealed class Counter(CountedTraffic traffic, Stream inner) : Stream
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

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int count = await inner.ReadAsync(buffer, cancellationToken);
            traffic._down.Note(buffer.Span[..count]);
            return count;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            traffic._up.Note(buffer.Span);
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
