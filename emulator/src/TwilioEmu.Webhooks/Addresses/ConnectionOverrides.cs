using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace TwilioEmu.Webhooks.Addresses;

/// <summary>How one webhook URL wants to be connected to: the <c>#ct= rt= tt= rc= rp= sni= e=</c> fragment.</summary>
/// <remarks>twilio.com/docs/usage/webhooks/webhooks-connection-overrides. The fragment is neither sent nor signed.</remarks>
public sealed record ConnectionOverrides
{
    private static readonly FrozenSet<string> Edges = FrozenSet.Create(
        StringComparer.Ordinal, "ashburn", "dublin", "frankfurt", "sao-paulo", "singapore", "sydney", "tokyo", "umatilla", "ashburn-ix",
        "dublin-ix", "frankfurt-ix", "london-ix", "san-jose-ix", "singapore-ix", "sydney-ix", "tokyo-ix");

    /// <summary>Edges that Twilio has but from which webhooks do not leave (inferred): 11241 instead of 11240.</summary>
    private static readonly FrozenSet<string> UnsupportedEdges = FrozenSet.Create(StringComparer.Ordinal, "roaming");

    /// <summary>What holds when the URL says nothing.</summary>
    public static ConnectionOverrides Default { get; } = new();

    /// <summary><c>ct</c>, 100-10000 ms: how long TCP, and then TLS, may take to connect.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary><c>rt</c>, 100-15000 ms: how long the app may be silent before the first and between packets.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary><c>tt</c>, 100-15000 ms: how long all attempts together may take.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary><c>rc</c>, 0-5: attempts beyond the first.</summary>
    public int Retries { get; init; } = 1;

    /// <summary><c>rp</c>.</summary>
    public RetryOn RetryOn { get; init; } = RetryOn.Connect;

    /// <summary><c>sni</c>: whether TLS names the host.</summary>
    public bool SendsServerName { get; init; } = true;

    /// <summary><c>e</c>: where requests leave Twilio's network. Checked and shown; a world has one edge.</summary>
    public ImmutableArray<string> EgressEdges { get; init; } = [];

    /// <summary>Settings that were out of range or unreadable and therefore had no effect, for the journal.</summary>
    /// <remarks>Twilio names an error only for <c>e</c> and <c>rp</c>; the others fall back to their defaults (inferred).</remarks>
    public ImmutableArray<string> Ignored { get; init; } = [];

    /// <summary>Reads a fragment without its <c>#</c>. Keys it does not know are some page's anchor and mean nothing here.</summary>
    public static bool TryParse(ReadOnlySpan<char> fragment, out ConnectionOverrides overrides, out AddressFault? fault)
    {
        overrides = Default;
        fault = null;
        foreach (var range in fragment.Split('&'))
        {
            var pair = fragment[range];
            var equals = pair.IndexOf('=');
            if (equals < 0) continue;
            overrides = overrides.With(pair[..equals], Uri.UnescapeDataString(pair[(equals + 1)..]), out fault);
            if (fault is not null) return false;
        }
        return true;
    }

    private ConnectionOverrides With(ReadOnlySpan<char> key, string value, out AddressFault? fault)
    {
        fault = null;
        switch (key)
        {
            case "ct":
                return TryMilliseconds(value, 10_000, out var ct) ? this with { ConnectTimeout = ct } : Ignore(key, value, "100-10000");
            case "rt": return TryMilliseconds(value, 15_000, out var rt) ? this with { ReadTimeout = rt } : Ignore(key, value, "100-15000");
            case "tt":
                return TryMilliseconds(value, 15_000, out var tt) ? this with { TotalTimeout = tt } : Ignore(key, value, "100-15000");
            case "rc": return value is [>= '0' and <= '5'] ? this with { Retries = value[0] - '0' } : Ignore(key, value, "0-5");
            case "sni": return value is "y" or "n" ? this with { SendsServerName = value == "y" } : Ignore(key, value, "y or n");
            case "rp":
                fault = CheckPolicies(value, out var retryOn);
                return this with { RetryOn = retryOn };
            case "e":
                fault = CheckEdges(value);
                return this with { EgressEdges = [.. value.Split(',', StringSplitOptions.TrimEntries)] };
            default: return this;
        }
    }

    private ConnectionOverrides Ignore(ReadOnlySpan<char> key, string value, string wanted) =>
        this with { Ignored = Ignored.Add($"{key}={value} is not {wanted}; the default holds") };

    private static bool TryMilliseconds(string value, int max, out TimeSpan time)
    {
        var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count);
        time = TimeSpan.FromMilliseconds(count);
        return isNumber && count >= 100 && count <= max;
    }

    private static AddressFault? CheckPolicies(string value, out RetryOn retryOn)
    {
        retryOn = RetryOn.None;
        foreach (var word in value.Split(',', StringSplitOptions.TrimEntries))
        {
            switch (word)
            {
                case "ct": retryOn |= RetryOn.Connect; break;
                case "rt": retryOn |= RetryOn.Read; break;
                case "4xx": retryOn |= RetryOn.ClientError; break;
                case "5xx": retryOn |= RetryOn.ServerError; break;
                case "all": retryOn |= RetryOn.All; break;
                default:
                    return new(
                    11243, $"HTTP retry policy is invalid: rp={value} holds '{word}', which is none of 4xx, 5xx, ct, rt, all");
            }
        }
        return null;
    }

    private static AddressFault? CheckEdges(string value)
    {
        foreach (var edge in value.Split(',', StringSplitOptions.TrimEntries))
        {
            if (Edges.Contains(edge)) continue;
            return UnsupportedEdges.Contains(edge)
                ? new(11241, $"HTTP connection edge location is not supported: e={value} holds '{edge}'")
                : new(11240, $"HTTP connection edge location is invalid: e={value} holds '{edge}'");
        }
        return null;
    }
}
