using System.Buffers;
using System.IO.Pipelines;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Handshake;

/// <summary>The server's side: finds out who asks for a seat, and answers once the seat was given or refused.</summary>
internal sealed class ServerHandshake : HandshakeSide<ServerHandshakeResult>
{
    private static readonly FrameType[] OfCallers = [FrameType.Hello, FrameType.Dial, FrameType.Carry];
    private static readonly FrameType[] OfDialled = [FrameType.Hello, FrameType.Refuse];

    private readonly Term _term;
    private readonly GroupKey? _key;
    private readonly byte[] _nonce;
    private readonly bool _dialled;

    /// <summary>The bodies of hello and challenge, as they were sent.</summary>
    private byte[] _transcript = [];
    private HelloFrame _hello;
    private Term _lastTerm;
    private bool _challenged;
    private int _version = Protocol.Version;
    private ulong _features;

    /// <param name="term">The server's.</param>
    /// <param name="key">The server's, if it has one.</param>
    /// <param name="context">Bounds.</param>
    /// <param name="nonce">With a key: random bytes that were never used before.</param>
    /// <param name="dialled">This side opened the connection and sent a dial.</param>
    public ServerHandshake(Term term, GroupKey? key, WireContext context, byte[] nonce, bool dialled = false)
        : base(context)
    {
        _term = term;
        _key = key;
        _nonce = nonce;
        _dialled = dialled;
    }

    protected override ReadOnlySpan<FrameType> Beginnings => _dialled ? OfDialled : OfCallers;

    public static ServerHandshake Create(Term term, GroupKey? key, WireContext context, bool dialled = false) =>
        new(term, key, context, key is null ? [] : GroupKey.NewNonce(), dialled);

    /// <summary>The first frame of a side that dials (the reverse direction).</summary>
    public static void WriteDial(IBufferWriter<byte> output, string group, string member) =>
        Frames.Write(output, Term.None, new DialFrame(Protocol.Version, Protocol.OldestVersion, group, member));

    /// <exception cref="OperationCanceledException">The caller's time is over.</exception>
    public Task<ServerHandshakeResult> AuthenticateAsync(
        PipeReader input, Stream output, CancellationToken cancellationToken) =>
        DriveAsync(input, output, new ArrayBufferWriter<byte>(), cancellationToken);

    /// <summary>Gives the seat. Version, features and mac are the handshake's to fill in.</summary>
    public void WriteWelcome(IBufferWriter<byte> output, in WelcomeFrame welcome)
    {
        WelcomeFrame frame = welcome with { Version = _version, Features = _features, Mac = default };
        if (_key is not null) frame = frame with { Mac = WelcomeMac(_key, frame) };
        Frames.Write(output, _term, frame);
    }

    public void WriteRefuse(IBufferWriter<byte> output, RefuseReason reason, string text) =>
        Frames.Write(output, _term, new RefuseFrame(reason, text));

    protected override ServerHandshakeResult? Receive(in RawFrame frame, IBufferWriter<byte> output)
    {
        if (_challenged) return OnProof(frame, output);
        switch (frame.Type)
        {
            case FrameType.Hello:
                return OnHello(frame, output);
            case FrameType.Dial:
                DialFrame dial = Frames.Read<DialFrame>(frame, Context);
                return VersionFault(dial.Version, dial.OldestVersion, output) ?? new ServerHandshakeResult.Dialled(dial);
            case FrameType.Carry:
                return OnCarry(Frames.Read<CarryFrame>(frame, Context), output);
            default:
                RefuseFrame refuse = Frames.Read<RefuseFrame>(frame, Context);
                return new ServerHandshakeResult.Declined(refuse.Reason, refuse.Text);
        }
    }

    protected override ServerHandshakeResult OnForeign(string text) => new ServerHandshakeResult.NotSyncNet(text);

    protected override ServerHandshakeResult OnFault(RefuseReason reason, string text, IBufferWriter<byte> output)
    {
        WriteRefuse(output, reason, text);
        return new ServerHandshakeResult.Refused(reason, text);
    }

    protected override ServerHandshakeResult OnClosed(string text) => new ServerHandshakeResult.Closed(text);

    private ServerHandshakeResult OnCarry(in CarryFrame carry, IBufferWriter<byte> output)
    {
        if (VersionFault(carry.Version, carry.OldestVersion, output) is { } fault) return fault;
        Frames.Write(output, _term, new CarryFrame(Protocol.Version, Protocol.OldestVersion));
        return new ServerHandshakeResult.Carried();
    }

    private ServerHandshakeResult? OnHello(in RawFrame frame, IBufferWriter<byte> output)
    {
        _hello = Frames.Read<HelloFrame>(frame, Context);
        _lastTerm = frame.Term;
        if (VersionFault(_hello.Version, _hello.OldestVersion, output) is { } fault) return fault;
        _version = Math.Min(_hello.Version, Protocol.Version);
        _features = _hello.Features & Protocol.Features;

        if (_key is null)
        {
            return _hello.KeyId.IsEmpty
                ? new ServerHandshakeResult.Verified(_hello, _lastTerm)
                : OnFault(RefuseReason.Key, "The member has a key and the server has none.", output);
        }
        if (_hello.KeyId.IsEmpty) return OnFault(RefuseReason.Key, "The server has a key and the member has none.", output);
        if (!GroupKey.Same(_hello.KeyId, _key.Id))
        {
            return OnFault(RefuseReason.Key, "The member's key is not the server's.", output);
        }
        if (_hello.Nonce.Length != Protocol.NonceBytes)
        {
            return OnFault(RefuseReason.Protocol, "The member's nonce has a wrong length.", output);
        }
        WriteChallenge(frame, output);
        return null;
    }

    private void WriteChallenge(in RawFrame hello, IBufferWriter<byte> output)
    {
        ArrayBufferWriter<byte> bytes = new();
        Frames.Write(bytes, _term, new ChallengeFrame(_version, _features, _nonce));
        _transcript = [.. hello.Body.ToArray(), .. bytes.WrittenSpan[Frames.LengthPrefixBytes..]];
        _challenged = true;
        output.Write(bytes.WrittenSpan);
    }

    private ServerHandshakeResult OnProof(in RawFrame frame, IBufferWriter<byte> output)
    {
        ProofFrame proof = Frames.Read<ProofFrame>(frame, Context);
        return GroupKey.Same(_key!.MemberMac(_transcript), proof.Mac)
            ? new ServerHandshakeResult.Verified(_hello, _lastTerm)
            : OnFault(RefuseReason.Key, "The member does not hold the key.", output);
    }

    private byte[] WelcomeMac(GroupKey key, in WelcomeFrame withoutMac)
    {
        ArrayBufferWriter<byte> bytes = new();
        Frames.Write(bytes, _term, withoutMac);
        ReadOnlySequence<byte> buffer = new(bytes.WrittenMemory);
        FrameReader.TryRead(ref buffer, bytes.WrittenCount, out RawFrame frame);
        return key.ServerMac(_transcript, WelcomeFrame.BodyWithoutMac(frame, Context));
    }

    private ServerHandshakeResult? VersionFault(int version, int oldestVersion, IBufferWriter<byte> output)
    {
        if (oldestVersion > version) return OnFault(RefuseReason.Protocol, "The range of versions is empty.", output);
        if (version >= Protocol.OldestVersion && oldestVersion <= Protocol.Version) return null;
        return OnFault(
            RefuseReason.Version,
            $"Versions {Protocol.OldestVersion} to {Protocol.Version} are spoken here, {oldestVersion} to {version} there.",
            output);
    }
}
