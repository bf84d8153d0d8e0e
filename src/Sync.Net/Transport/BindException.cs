using System.Net.Sockets;

namespace Sync.Net.Transport;

/// <summary>Why an endpoint can't be listened at.</summary>
internal enum BindFailure
{
    Other,

    /// <summary>Another program, or another server of ours, listens there.</summary>
    InUse,

    /// <summary>The operating system forbids it.</summary>
    NotPermitted,

    /// <summary>The address is not one of this machine, or the path can't exist.</summary>
    NoSuchAddress,
}

/// <summary>Listening failed.</summary>
internal sealed class BindException : IOException
{
    public BindException(SyncEndpoint endpoint, BindFailure failure, string? detail = null, Exception? inner = null)
        : base(Describe(endpoint, failure, detail), inner)
    {
        Endpoint = endpoint;
        Failure = failure;
    }

    public SyncEndpoint Endpoint { get; }

    public BindFailure Failure { get; }

    public static BindException From(SyncEndpoint endpoint, SocketException cause) =>
        new(endpoint, Classify(cause.SocketErrorCode), cause.Message, cause);

    private static BindFailure Classify(SocketError error) => error switch
    {
        SocketError.AddressAlreadyInUse => BindFailure.InUse,
        SocketError.AccessDenied => BindFailure.NotPermitted,
        SocketError.AddressNotAvailable or SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain
            or SocketError.AddressFamilyNotSupported or SocketError.InvalidArgument => BindFailure.NoSuchAddress,
        _ => BindFailure.Other,
    };

    private static string Describe(SyncEndpoint endpoint, BindFailure failure, string? detail)
    {
        string text = failure switch
        {
            BindFailure.InUse => $"Cannot listen at {endpoint}: it is in use",
            BindFailure.NotPermitted => $"Cannot listen at {endpoint}: not permitted",
            BindFailure.NoSuchAddress => $"Cannot listen at {endpoint}: there is no such address on this machine",
            _ => $"Cannot listen at {endpoint}",
        };
        return detail is null ? $"{text}." : $"{text} ({detail.TrimEnd('.')}).";
    }
}
