using System.Globalization;
using System.Text.Json;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Verify.Verifications;

/// <summary>Counts starts against the rate limits of a service (twilio.com/docs/verify/api/programmable-rate-limits).</summary>
/// <remarks>
/// Loop-confined. Each value of a key has a window of its own in each bucket, which begins with its first start (inferred).
/// </remarks>
internal sealed class RateLimiter(VerifyShelf shelf)
{
    private const string Parameter = "RateLimits";

    /// <summary>Counts a start; the refusal when a bucket is full, and then nothing is counted.</summary>
    public TwilioError? Fault(RestRequest request, string service)
    {
        if (request.Form[Parameter] is not { Length: > 0 } text) return null;
        if (Read(text) is not { } keys) return Faults.Parameter(Parameter, text);
        var limits = shelf.RateLimits(request.Account, service).OldestFirst()
            .ToDictionary(l => l["unique_name"] ?? l.Key, StringComparer.Ordinal);
        var counts = new List<RateCount>();
        foreach (var (name, value) in keys)
        {
            if (!limits.TryGetValue(name, out var limit)) return Faults.Parameter(Parameter, text);
            foreach (var bucket in shelf.Buckets(request.Account, service, limit.Key).OldestFirst())
            {
                var (max, interval) = (Number(bucket["max"]), TimeSpan.FromSeconds(Number(bucket["interval"])));
                var counted = RateCount.Current(Table(request), bucket.Key, value, interval, shelf.Now);
                if (counted.Count >= max)
                {
                    return ErrorCodes.Error(20429, "Too many requests") with { Limit = (name, counted.Since + interval - shelf.Now) };
                }
                counts.Add(counted with { Count = counted.Count + 1 });
            }
        }
        foreach (var count in counts) shelf.World.Store.Put(RateCount.Table, request.Account, count, VerifyEntries.Counted, request.Cause);
        return null;
    }

    private Table<RateCount> Table(RestRequest request) => shelf.World.Store.Table(RateCount.Table, request.Account);

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary><c>{"end_user_ip_address":"127.0.0.1"}</c>; null for what is no such object.</summary>
    private static Dictionary<string, string>? Read(string text)
    {
        try
        {
            using var json = JsonText.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return null;
            var keys = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var member in json.RootElement.EnumerateObject()) keys[member.Name] = member.Value.ToString();
            return keys;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal sealed record RateCount(string Bucket, string Value, int Count, DateTimeOffset Since) : IRecord
    {
        /// <summary>How it is written and read back.</summary>
        public static readonly RecordForm<RateCount> Form = new("verify_rate_count", static (r, m) => new RateCount(
            m.Text("bucket_sid", r?.Bucket), m.Text("value", r?.Value), m.Number("count", r?.Count), m.Instant("since", r?.Since)));

        public static readonly TableKey<RateCount> Table = new("verify_rate_counts", Form);

        public string Key => KeyOf(Bucket, Value);

        public bool IsSettled => true;

        public static string KeyOf(string bucket, string value) => $"{bucket} {value}";

        /// <summary>What was counted in the window that is open; a new one where none is, which begins now.</summary>
        public static RateCount Current(Table<RateCount> counts, string bucket, string value, TimeSpan interval, DateTimeOffset now) =>
            counts.Find(KeyOf(bucket, value)) is { } counted && counted.Since + interval > now
                ? counted : new RateCount(bucket, value, 0, now);

        public void WriteMembers(Utf8JsonWriter json)
        {
            json.WriteString("bucket_sid", Bucket);
            json.WriteString("value", Value);
            json.WriteNumber("count", Count);
        }
    }
}
