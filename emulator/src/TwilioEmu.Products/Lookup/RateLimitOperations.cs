using System.Text.Json;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Lookup;

/// <summary>An account's own limits on lookups: kept and shown.</summary>
/// <remarks>Loop-confined. twilio.com/docs/lookup/v2-api. They are not enforced, and the journal says so when one is set.</remarks>
internal sealed class RateLimitOperations(World world)
{
    // So that memory is bounded.
    private const int MaxLimits = 1_000;
    private const int MaxBucketName = 64;

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("lookups_v2/FetchLookupAccountRateLimits", List),
        ("lookups_v2/FetchLookupRateLimit", Fetch),
        ("lookups_v2/UpdateLookupRateLimit", Put),
        ("lookups_v2/DeleteLookupRateLimit", Delete),
    ];

    private Answer List(RestRequest request)
    {
        var fields = request.Query.All("Fields").SelectMany(f => f.Split(',')).Where(f => f.Length > 0).ToHashSet(StringComparer.Ordinal);
        if (fields.FirstOrDefault(f => Packages.Find(f) is null) is { } stranger) return BadField(stranger);
        return Answer.Of(new ListFace([.. Table(request).OldestFirst().Where(l => fields.Count == 0 || fields.Contains(l.Field))]));
    }

    private Answer Fetch(RestRequest request) => Find(request) is { } limit ? Answer.Of(limit) : Answer.NotFound(request);

    private Answer Put(RestRequest request)
    {
        var (field, bucket) = (request.PathValues["Field"], request.PathValues["Bucket"]);
        if (Packages.Find(field) is null) return BadField(field);
        if (bucket.Length > MaxBucketName)
        {
            return new Answer.Refusal(ErrorCodes.Error(60618, $"a bucket's name has at most {MaxBucketName} characters"));
        }
        var there = Find(request);
        if (there is null && Table(request).Count >= MaxLimits)
        {
            return new Answer.Refusal(ErrorCodes.Error(60618, $"an account has at most {MaxLimits} rate limits"));
        }
        if (Number(request.Json, "limit") is not { } limit)
        {
            return new Answer.Refusal(ErrorCodes.Error(60617, "limit must be a whole number, 0 or more"));
        }
        if (Number(request.Json, "ttl") is not { } ttl)
        {
            return new Answer.Refusal(ErrorCodes.Error(60617, "ttl must be a whole number of seconds, 0 or more"));
        }
        var record = new RateLimit(request.Account, field, bucket, limit, ttl);
        world.Store.Put(
            RateLimit.Table, request.Account, record, there is null ? LookupEntries.RateLimitCreated : LookupEntries.RateLimitUpdated,
            request.Cause);
        world.Journal.Warn(request.Account, request.Path, request.Cause, "rate limits of Lookup are kept and shown, but not enforced");
        return Answer.Of(record);
    }

    private Answer Delete(RestRequest request) =>
        world.Store.Remove(
            RateLimit.Table, request.Account, RateLimit.KeyOf(request.PathValues["Field"], request.PathValues["Bucket"]),
            LookupEntries.RateLimitDeleted, request.Cause) is null
            ? Answer.NotFound(request)
            : new Answer.NoContent();

    private RateLimit? Find(RestRequest request) =>
        Table(request).Find(RateLimit.KeyOf(request.PathValues["Field"], request.PathValues["Bucket"]));

    private Table<RateLimit> Table(RestRequest request) => world.Store.Table(RateLimit.Table, request.Account);

    private static Answer.Refusal BadField(string field) => new(ErrorCodes.Error(60618, $"'{field}' is not a data package"));

    private static int? Number(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var number) && number >= 0
            ? number
            : null;

    internal sealed record RateLimit(AccountSid Account, string Field, string Bucket, int Limit, int Ttl) : IRecord, IFace
    {
        /// <summary>How it is written and read back.</summary>
        public static readonly RecordForm<RateLimit> Form = new("lookup_rate_limit", static (r, m) => new RateLimit(
            m.Account("account_sid", r?.Account), m.Text("field", r?.Field), m.Text("bucket", r?.Bucket), m.Number("limit", r?.Limit),
            m.Number("ttl", r?.Ttl)));

        public static readonly TableKey<RateLimit> Table = new("lookup_rate_limits", Form);

        public string Key => KeyOf(Field, Bucket);

        public bool IsSettled => false;

        public static string KeyOf(string field, string bucket) => $"{field}/{bucket}";

        public void WriteProperty(string property, FaceWriter to)
        {
            switch (property)
            {
                case "field": to.Write(Field); break;
                case "limit": to.Write(Limit); break;
                case "bucket": to.Write(Bucket); break;
                case "owner": to.Write(Account.Value); break;
                case "ttl": to.Write(Ttl); break;
            }
        }

        public void WriteMembers(Utf8JsonWriter json)
        {
            json.WriteString("field", Field);
            json.WriteNumber("limit", Limit);
            json.WriteString("bucket", Bucket);
            json.WriteString("owner", Account.Value);
            json.WriteNumber("ttl", Ttl);
        }
    }

    private sealed class ListFace(IReadOnlyList<RateLimit> limits) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            if (property != "rate_limits") return;
            to.Json.WriteStartArray();
            foreach (var limit in limits)
            {
                to.Json.WriteStartObject();
                limit.WriteMembers(to.Json);
                to.Json.WriteEndObject();
            }
            to.Json.WriteEndArray();
        }
    }
}
