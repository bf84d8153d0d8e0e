using System.Buffers;
using System.IO.Pipelines;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Handshake;

/// <summary>The member's side: says hello, proves the key, and trusts nobody before the welcome's mac is verified.</summary>
internal sealed class MemberHandshake : HandshakeSide<MemberHandshakeResult>
{
    private static readonly FrameType[] Answers = [FrameType.Challenge, FrameType.Welcome, FrameType.Refuse];

    /// <summary>The longest time that the platform's timers can wait.</summary>
    private static readonly TimeSpan LongestTime = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly MemberIdentity _identity;
    private readonly GroupKey? _key;
    private readonly byte[] _nonce;

    /// <summary>The bodies of hello and challenge, as they were sent.</summary>
    private byte[] _transcript = [];
    private bool _proved;

    /// <param name="identity">Who asks for a seat.</param>
    /// <param name="key">The group's key, if it has one.</param>
    /// <param name="context">Bounds.</param>
    /// <param name="nonce">With a key: random bytes that were never used before.</param>
    public MemberHandshake(in MemberIdentity identity, GroupKey? key, WireContext context, byte[] nonce)
        : base(context)
    {
        _identity = identity;
        _key = key;
        _nonce = nonce;
    }

    protected override ReadOnlySpan<FrameType> Beginnings => Answers;

    /// <exception cref="OperationCanceledException">The caller's time is over.</exception>
    public static Task<MemberHandshakeResult> RunAsync(
        PipeReader input,
        Stream output,
        in MemberIdentity identity,
        GroupKey? key,
        WireContext context,
        CancellationToken cancellationToken)
    {
        byte[] nonce = key is null ? [] : GroupKey.NewNonce();
        MemberHandshake handshake = new(identity, key, context, nonce);
        ArrayBufferWriter<byte> pending = new();
        handshake.Start(pending);
        return handshake.DriveAsync(input, output, pending, cancellationToken);
    }

    /// <summary>Says hello.</summary>
    public void Start(IBufferWriter<byte> output)
    {
        HelloFrame hello = new(
            Protocol.Version,
            Protocol.OldestVersion,
            Protocol.Features,
            _identity.Group,
            _identity.Member,
            _identity.Role,
            _identity.Incarnation,
            _identity.Resume ? HelloFlags.Resume : HelloFlags.None,
            _key?.Id ?? default,
            _nonce,
            _identity.Command);
        ArrayBufferWriter<byte> bytes = new();
        Frames.Write(bytes, _identity.LastTerm, hello);
        _transcript = bytes.WrittenSpan[Frames.LengthPrefixBytes..].ToArray();
        output.Write(bytes.WrittenSpan);
    }

    protected override MemberHandshakeResult? Receive(in RawFrame frame, IBufferWriter<byte> output) => frame.Type switch
    {
        FrameType.Challenge => OnChallenge(frame, output),
        FrameType.Welcome => OnWelcome(frame),
        FrameType.Refuse => OnRefuse(Frames.Read<RefuseFrame>(frame, Context)),
        _ => Refused(RefuseReason.Protocol, $"The server sent '{frame.Type}' in the handshake."),
    };

    protected override MemberHandshakeResult OnForeign(string text) => new MemberHandshakeResult.NotSyncNet(text);

    protected override MemberHandshakeResult OnFault(RefuseReason reason, string text, IBufferWriter<byte> output) =>
        Refused(reason, text);

    protected override MemberHandshakeResult OnClosed(string text) => new MemberHandshakeResult.Closed(text);

    private static MemberHandshakeResult.Refused Refused(RefuseReason reason, string text) => new(reason, text);

    private static MemberHandshakeResult.Refused OnRefuse(in RefuseFrame refuse) => Refused(refuse.Reason, refuse.Text);

    private MemberHandshakeResult.Refused? OnChallenge(in RawFrame frame, IBufferWriter<byte> output)
    {
        if (_key is null) return Refused(RefuseReason.Key, "The server asks for a key and this member has none.");
        if (_proved) return Refused(RefuseReason.Protocol, "The server asks for a second proof.");

        ChallengeFrame challenge = Frames.Read<ChallengeFrame>(frame, Context);
        if (VersionFault(challenge.Version) is { } fault) return fault;
        if (challenge.Nonce.Length != Protocol.NonceBytes)
        {
            return Refused(RefuseReason.Protocol, "The server's nonce has a wrong length.");
        }

        _transcript = [.. _transcript, .. frame.Body.ToArray()];
        _proved = true;
        Frames.Write(output, frame.Term, new ProofFrame(_key.MemberMac(_transcript)));
        return null;
    }

    private MemberHandshakeResult OnWelcome(in RawFrame frame)
    {
        WelcomeFrame welcome = Frames.Read<WelcomeFrame>(frame, Context);
        if (_key is not null)
        {
            if (!_proved) return Refused(RefuseReason.Key, "The server did not ask for the key: it has none, or is an impostor.");
            byte[] mac = _key.ServerMac(_transcript, WelcomeFrame.BodyWithoutMac(frame, Context));
            if (!GroupKey.Same(mac, welcome.Mac)) return Refused(RefuseReason.Key, "The server does not hold the key.");
        }
        if (VersionFault(welcome.Version) is { } fault) return fault;
        return IsSane(welcome)
            ? new MemberHandshakeResult.Seated(welcome, frame.Term)
            : Refused(RefuseReason.Protocol, "The server's times or limits are out of range.");
    }

    private static MemberHandshakeResult.Refused? VersionFault(int version) =>
        version is >= Protocol.OldestVersion and <= Protocol.Version
            ? null
            : Refused(RefuseReason.Version, $"The server chose version {version}, which this member does not speak.");

    private static bool IsSane(in WelcomeFrame welcome) =>
        IsTime(welcome.HeartbeatInterval) && IsTime(welcome.HeartbeatTimeout)
        && welcome.ReconnectWindow <= LongestTime && welcome.MaxFrameBytes > 0;

    private static bool IsTime(TimeSpan time) => time > TimeSpan.Zero && time <= LongestTime;
}
