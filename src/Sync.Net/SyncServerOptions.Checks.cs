using Sync.Net.Configuration;
using Sync.Net.Transport;

namespace Sync.Net;

public sealed partial class SyncServerOptions
{
    /// <summary>Checks everything that can be checked without a network.</summary>
    /// <exception cref="ArgumentException">Something is not usable; the text lists every fault.</exception>
    public void Validate()
    {
        var faults = new OptionFaults(nameof(SyncServerOptions));
        faults.Endpoint(nameof(Listen), Listen);
        faults.Key(nameof(Key), Key);
        faults.Heartbeat(HeartbeatInterval, HeartbeatTimeout, ReconnectWindow);
        if (Limits is null) faults.Add(nameof(Limits), "is null.");
        else Limits.AddFaults(faults, nameof(Limits) + ".");
        if (TimeProvider is null) faults.Add(nameof(TimeProvider), "is null.");
        faults.ThrowIfAny();
    }

    /// <summary>Checked, and a copy that the caller can't change.</summary>
    /// <exception cref="ArgumentException">Something is not usable.</exception>
    internal static SyncServerOptions Snapshot(SyncServerOptions? options)
    {
        if (options is null) return new SyncServerOptions();
        options.Validate();
        return options.Clone();
    }

    internal SyncServerOptions Clone()
    {
        var copy = (SyncServerOptions)MemberwiseClone();
        copy.Limits = Limits.Clone();
        return copy;
    }

    internal SyncEndpoint ListenEndpoint => SyncEndpoint.Parse(Listen);
}
