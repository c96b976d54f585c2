using System.Text.Json;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Messaging.Permissions;

/// <summary><c>/v1/Messaging/GeoPermissions</c> of accounts.twilio.com: the countries an account may text.</summary>
/// <remarks>
/// twilio.com/docs/messaging/guides/sms-geo-permissions; twilio.com/docs/api/errors/21408. Live most countries
/// begin switched off; here only what the account itself has switched off is refused, and what nobody may text. Loop-confined.
/// </remarks>
internal sealed class GeoPermissionOperations(World world)
{
    /// <summary>
    /// Validation of one item (twilio.com/docs/api/errors/30649 and its neighbours; one code stands for all of them here, inferred).
    /// </summary>
    private const int Failed = 30649;

    // twilio.com/docs/api/errors/30649: switched on and off in the console alone, because of fraud.
    private static readonly string[] OfHighRisk = ["AZ", "BD", "DZ", "IL", "LK", "NG", "OM", "PK", "PS", "TJ", "TN"];

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("accounts_v1/FetchMessagingGeopermissions", Fetch),
        ("accounts_v1/UpdateMessagingGeopermissions", Update),
    ];

    /// <summary>False for a number in a country that the account has switched off, or that nobody may text.</summary>
    public bool MayText(AccountSid account, string to) => IsEnabled(account, NumberPlans.CountryOf(to));

    private bool IsEnabled(AccountSid account, string country) =>
        !Embargo.IsOn(country) && (world.Store.Table(GeoPermission.Table, account).Find(country)?.IsEnabled ?? true);

    private Answer Fetch(RestRequest request)
    {
        var wanted = (request.Query["CountryCode"] ?? "").Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var countries = wanted.Length > 0 ? wanted.Select(NumberPlans.FindCountry).OfType<PlanCountry>() : NumberPlans.Countries;
        return Answer.Of(
            new Face(
                [.. countries.Select(c => new Row(c.IsoCode, IsEnabled(request.Account, c.IsoCode)) { Prefix = $"+{c.CallingCode}" })]));
    }

    private Answer Update(RestRequest request)
    {
        var rows = new List<Row>();
        foreach (var text in request.Form.All("Permissions"))
        {
            if (Read(text) is not var (country, enabled))
            {
                return Answer.Refuse(20001, $"Invalid Permissions: {Quote.Short(text)} is not an object of country_code, type and enabled");
            }
            var fault = NumberPlans.FindCountry(country) is null ? $"there is no country {Quote.Short(country)}"
                : Embargo.IsOn(country) ? "Non-supported country permission cannot be updated"
                : OfHighRisk.Contains(country) ? "High risk country permission cannot be updated"
                : null;
            if (fault is not null)
            {
                rows.Add(new Row(country, IsEnabled(request.Account, country)) { Fault = fault });
                continue;
            }
            world.Store.Put(
                GeoPermission.Table, request.Account, new GeoPermission(country, enabled), GeoPermissionEntries.Changed, request.Cause);
            rows.Add(new Row(country, enabled));
        }
        return Answer.Of(new Face(rows) { IsUpdate = true });
    }

    private static (string Country, bool Enabled)? Read(string text)
    {
        try
        {
            using var json = JsonText.Parse(text);
            var (country, type, enabled) = (
                JsonText.Member(json.RootElement, "country_code"), JsonText.Member(json.RootElement, "type"),
                JsonText.Member(json.RootElement, "enabled"));
            return country is { Length: > 0 } && type is null or "country" && bool.TryParse(enabled, out var on)
                ? (country!.ToUpperInvariant(), on)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Row(string Country, bool IsEnabled)
    {
        public string Prefix { get; init; } = "";

        public string? Fault { get; init; }
    }

    private sealed class Face(IReadOnlyList<Row> rows) : IFace
    {
        public bool IsUpdate { get; init; }

        public void WriteProperty(string property, FaceWriter to)
        {
            if (property != "permissions") return;
            to.Json.WriteStartArray();
            foreach (var row in rows) Write(to.Json, row);
            to.Json.WriteEndArray();
        }

        private void Write(Utf8JsonWriter json, Row row)
        {
            json.WriteStartObject();
            json.WriteString("country_code", row.Country);
            json.WriteString("type", "country");
            json.WriteBoolean("enabled", row.IsEnabled);
            if (IsUpdate)
            {
                json.WriteNumber("error_code", row.Fault is null ? 0 : Failed);
                json.WriteStartArray("error_messages");
                if (row.Fault is not null) json.WriteStringValue(row.Fault);
                json.WriteEndArray();
            }
            else
            {
                json.WriteString("prefix", row.Prefix);
                json.WriteString("message", "");
            }
            json.WriteEndObject();
        }
    }
}
