using Microsoft.Extensions.Logging;
using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

/// <summary>What all groups and connections of one server share.</summary>
internal sealed class ServerContext
{
    private readonly long _started;
    private readonly DateTimeOffset _startedAt;
    private long _lastLink;
    private bool _isStopping;

    public ServerContext(ServerSettings settings, ILogger logger)
    {
        Settings = settings;
        Logger = new PromptLogger(logger);
        Clock = settings.TimeProvider;
        _started = Clock.GetTimestamp();
        _startedAt = Clock.GetUtcNow();
        Lookout = settings.Observer is null ? null : new Lookout(settings.Observer, logger);
        Term = NewTerm(Clock);
        Wire = new WireContext(settings.Limits);
        CoordinatorOptions = new CoordinatorOptions
        {
            FirstVersion = (long)Term.Number << 24,
            MaxMembers = settings.Limits.MaxMembers,
            MaxSessions = settings.Limits.MaxSessions,
            MaxKeptBytes = settings.Limits.MaxKeptBytes,
            IsObserved = settings.Observer is not null,
            ReturnWindow = settings.HeartbeatTimeout + (2 * settings.ReconnectWindow),
        };
        HeartbeatBytes = FrameBytes.Of(Term, new HeartbeatFrame(Ack: 0));
        ClosingBytes = FrameBytes.Of(Term, default(ClosingFrame));
        Groups = new GroupMap(this);
        Timer = new ServerTimer(this);
    }

    public ServerSettings Settings { get; }

    public SyncLimits Limits => Settings.Limits;

    public CoordinatorOptions CoordinatorOptions { get; }

    public ILogger Logger { get; }

    public TimeProvider Clock { get; }

    /// <summary>Since the server's start; never goes back.</summary>
    public TimeSpan Now => Clock.GetElapsedTime(_started);

    /// <summary>The wall clock at the start and <see cref="Now"/>: what happens later is never told with an earlier time.</summary>
    public DateTimeOffset WallNow => _startedAt + Now;

    /// <summary>Null when nobody looks on.</summary>
    public Lookout? Lookout { get; }

    public Term Term { get; }

    public WireContext Wire { get; }

    /// <summary>The server's heartbeat, the same for all: it has no answers to acknowledge.</summary>
    public byte[] HeartbeatBytes { get; }

    public byte[] ClosingBytes { get; }

    public GroupMap Groups { get; }

    public ConnectionSet Connections { get; } = new();

    public ServerTimer Timer { get; }

    /// <summary>No seat is given any more.</summary>
    public bool IsStopping { get => Volatile.Read(ref _isStopping); set => Volatile.Write(ref _isStopping, value); }

    public long NextLink() => Interlocked.Increment(ref _lastLink);

    /// <summary>The number grows with each start (by the wall clock); the id tells starts within a second apart.</summary>
    private static Term NewTerm(TimeProvider clock)
    {
        Span<byte> random = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(random);
        // The two halves together, because each has some fixed bits.
        ulong id = BitConverter.ToUInt64(random) ^ BitConverter.ToUInt64(random[8..]);
        return new Term((uint)Math.Max(1, clock.GetUtcNow().ToUnixTimeSeconds()), id);
    }
}
