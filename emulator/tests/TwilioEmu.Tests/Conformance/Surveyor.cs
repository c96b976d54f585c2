using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Composition;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Tests.Conformance;

/// <summary>Asks one document's operations as a client would: what a request needs is made first, parents and all.</summary>
/// <remarks>
/// Requests go through the door of a whole house, without sockets. Things that
/// no request can make are put there through the control API's door.
/// </remarks>
internal sealed class Surveyor : IAsyncDisposable
{
    public const string Account = "AC00000000000000000000000000000001";
    public const string Token = "00000000000000000000000000000001";

    private readonly House _house;
    private readonly Dictionary<string, string> _instances = [];

    private readonly ApiCatalog _catalog;

    private Surveyor(House house, ApiCatalog catalog, CatalogDocument document)
    {
        _house = house;
        _catalog = catalog;
        Document = document;
    }

    public CatalogDocument Document { get; }

    public Samples Samples { get; } = new();

    private int _owned;

    private const string Organizations = "iam_organizations";
    private const string TokenPath = "/v1/token";
    private string? _accessToken;

    /// <summary>Changes when the secondary token is promoted.</summary>
    private string _token = Token;

    public static async Task<Surveyor> BeginAsync(ApiCatalog catalog, string document)
    {
        var options = new WorldOptions { Clock = new ClockMode.Manual(), Start = WorldOptions.StoryStart };
        var house = await House.BuildAsync(Presets.Config, options, catalog, "https://api.twilio.com");
        if (document == "bulkexports_v1") await LiveADayAsync(house);
        var surveyor = new Surveyor(house, catalog, catalog.Find(document)!);
        if (document == "monitor_v1") await surveyor.GiveNewsAsync();
        return surveyor;
    }

    /// <summary>Monitor tells of what went wrong, and of what was changed.</summary>
    private async Task GiveNewsAsync()
    {
        const string Form = "application/x-www-form-urlencoded";
        await SendAsync("POST", $"/2010-04-01/Accounts/{Account}/Messages.json", "From=%2B14155550100&To=nobody&Body=hello", Form, "api");
        await SendAsync("POST", $"/2010-04-01/Accounts/{Account}/IncomingPhoneNumbers.json", "AreaCode=415", Form, "api");
    }

    /// <summary>Exports are of days that are over and had messages.</summary>
    private static async Task LiveADayAsync(House house)
    {
        await house.World.Loop.RunAsync(() => house.Handsets.Text("+14155550199", "+14155550100", "hello", []), default);
        await house.World.Clock.AdvanceAsync(TimeSpan.FromDays(1));
    }

    /// <summary>Faults of ours in the journal: what was answered 500, or ended behind an answer.</summary>
    public Task<List<string>> FaultsAsync() =>
        _house.World.Loop.RunAsync(
            () => _house.World.Journal.After(0).Where(e => e.Kind == "fault").Select(e => e.ToJson()).Take(3).ToList(), default);

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    /// <summary>The operation's path with everything there that it names; its query too, where one is required.</summary>
    /// <param name="operation">Which one.</param>
    /// <param name="isFresh">True to make the thing anew, because it will not survive.</param>
    public async Task<string?> PathAsync(Operation operation, bool isFresh = false)
    {
        var extension = operation.Path.EndsWith(".json", StringComparison.Ordinal) ? ".json" : "";
        var segments = operation.Path[..^extension.Length].Split('/');
        for (var i = 1; i < segments.Length; i++)
        {
            if (!segments[i].StartsWith('{')) continue;
            var name = segments[i][1..^1];
            var list = string.Join('/', segments[..i]);
            var isOwn = i == segments.Length - 1;
            var key = name == "AccountSid" || (list == "/2010-04-01/Accounts" && (!isFresh || !isOwn))
                ? Account
                : await KeyAsync(operation, list, i, isFresh && isOwn);
            if (key is null) return null;
            segments[i] = Uri.EscapeDataString(key);
        }
        var query = string.Join('&', operation.Parameters
            .Where(p => p is { Place: ParameterPlace.Query, IsRequired: true }).Select(
                p =>
                    $"{p.Name}={Uri.EscapeDataString(Presets.Query.GetValueOrDefault($"{operation.Id}/{p.Name}") ?? Samples.Text(p.Name, p.Facts))}")
            .Concat(
                Presets.Query.Where(
                    q => q.Key.StartsWith(operation.Id + "/", StringComparison.Ordinal) && operation.Find(
                        ParameterPlace.Query, q.Key.Split('/')[1]) is { IsRequired: false })
                            .Select(q => $"{q.Key.Split('/')[1]}={q.Value}")));
        return string.Join('/', segments) + extension + (query.Length > 0 ? "?" + query : "");
    }

    /// <summary>Sends an operation with the parameters it requires.</summary>
    public Task<Reply> SendAsync(Operation operation, string path)
    {
        if (operation.Body == BodyKind.Json)
        {
            var body = Samples.Json(operation.BodyShape!);
            foreach (var (name, value) in Presets.JsonOf(operation)) body[name] = JsonNode.Parse(value);
            if (operation.Id == "CreateV3TypingIndicator") body["messageId"] = Inbound(new AccountSid(Account));
            return SendAsync(operation.Method, path, body.ToJsonString(), "application/json");
        }
        if (operation.Body == BodyKind.Form)
        {
            return SendAsync(operation.Method, path, Encode(Form(operation)), "application/x-www-form-urlencoded");
        }
        return SendAsync(operation.Method, path, null, null);
    }

    /// <summary>The parameters an operation requires, and what its rooms require besides.</summary>
    public List<KeyValuePair<string, string>> Form(Operation operation)
    {
        var form = operation.Parameters.Where(p => p is { Place: ParameterPlace.Form, IsRequired: true })
            .Select(p => KeyValuePair.Create(p.Name, Samples.Text(p.Name, p.Facts))).ToList();
        foreach (var (name, value) in Presets.Of(operation).Concat(Owned(operation)))
        {
            form.RemoveAll(f => f.Key == name);
            form.Add(KeyValuePair.Create(name, value));
        }
        return form;
    }

    /// <summary>What joins a Messaging Service's pool is the account's, and in no other.</summary>
    private IEnumerable<KeyValuePair<string, string>> Owned(Operation operation)
    {
        var account = new AccountSid(Account);
        if (operation is { Document: "messaging_v2", Id: "CreateTypingIndicator" })
        {
            return [KeyValuePair.Create("messageId", Inbound(account))];
        }
        if (operation is { Document: "events_v1", Id: "CreateSubscription" })
        {
            var sink = $"DG{++_owned:x32}";
            using var active = JsonDocument.Parse($$"""{"sid":"{{sink}}","sink_type":"webhook","status":"active"}""");
            Turn(() => _house.PutResource(account, "events", $"/v1/Sinks/{sink}", active.RootElement)).Should().BeNull();
            return [KeyValuePair.Create("SinkSid", sink), KeyValuePair.Create("Types", """{"type":"com.twilio.messaging.message.sent"}""")];
        }
        if (operation.Document != "messaging_v1") return [];
        switch (operation.Id)
        {
            case "CreatePhoneNumber":
                return
                [
                    KeyValuePair.Create(
                        "PhoneNumberSid",
                        Turn(() => _house.Numbers.Add(account, new PhoneNumberSpec { Number = $"+1415556{++_owned:0000}" }).Sid)),
                ];
            case "CreateShortCode":
                return
                [
                    KeyValuePair.Create(
                        "ShortCodeSid",
                        Turn(() => _house.Numbers.Add(account, new PhoneNumberSpec { Number = $"{20_000 + ++_owned}" }).Sid)),
                ];
            case "CreateTollfreeVerification":
                return
                [
                    KeyValuePair.Create(
                        "TollfreePhoneNumberSid",
                        Turn(() => _house.Numbers.Add(account, new PhoneNumberSpec { Number = $"+1800556{++_owned:0000}" }).Sid)),
                ];
            case "CreateUsAppToPerson":
                var brand = $"BN{++_owned:x32}";
                using (var approved = JsonDocument.Parse($$"""{"sid":"{{brand}}","status":"APPROVED"}"""))
                {
                    Turn(() => _house.PutResource(account, "messaging", $"/v1/a2p/BrandRegistrations/{brand}", approved.RootElement))
                        .Should().BeNull();
                }
                return [KeyValuePair.Create("BrandRegistrationSid", brand)];
            case "CreateChannelSender":
                var sid = $"XE{++_owned:x32}";
                using (var sender = JsonDocument.Parse($$"""{"sid":"{{sid}}","sender_id":"whatsapp:+1415557{{_owned:0000}}"}"""))
                {
                    Turn(() => _house.PutResource(account, "messaging", $"/v2/Channels/Senders/{sid}", sender.RootElement))
                        .Should().BeNull();
                }
                return [KeyValuePair.Create("Sid", sid)];
            default:
                return [];
        }
    }

    /// <summary>A message that came in by WhatsApp.</summary>
    private string Inbound(AccountSid account)
    {
        var number = $"+1415558{++_owned:0000}";
        using var sender = JsonDocument.Parse($$"""{"sid":"XE{{_owned:x32}}","status":"ONLINE","sender_id":"whatsapp:{{number}}"}""");
        Turn(() => _house.PutResource(account, "messaging", $"/v2/Channels/Senders/XE{_owned:x32}", sender.RootElement)).Should().BeNull();
        return Turn(() => _house.Handsets.Text("+14155550199", "whatsapp:" + number, "hello", []))!;
    }

    private T Turn<T>(Func<T> turn) => _house.World.Loop.RunAsync(turn, default).GetAwaiter().GetResult();

    public static string Encode(IEnumerable<KeyValuePair<string, string>> form) =>
        string.Join('&', form.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}"));

    public async Task<Reply> SendAsync(string method, string path, string? body, string? contentType, string? host = null)
    {
        var http = new DefaultHttpContext();
        var query = path.IndexOf('?', StringComparison.Ordinal);
        http.Request.Method = method;
        http.Request.Scheme = "https";
        http.Request.Host = new HostString($"{host ?? Document.Host}.twilio.com");
        http.Request.Path = PathString.FromUriComponent(query < 0 ? path : path[..query]);
        http.Request.QueryString = new QueryString(query < 0 ? "" : path[query..]);
        http.Request.Headers.Authorization = Document.Name == Organizations && path != TokenPath
            ? "Bearer " + await AccessTokenAsync()
            : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Account}:{_token}"));
        if (body is not null)
        {
            var bytes = Encoding.UTF8.GetBytes(body);
            http.Request.Body = new MemoryStream(bytes);
            http.Request.ContentLength = bytes.Length;
            http.Request.ContentType = contentType;
        }
        var answer = new MemoryStream();
        http.Response.Body = answer;
        await _house.Door.HandleAsync(http);
        // Messages are delivered and calls answered before anybody asks again.
        if (Document.Name == ApiCatalog.ClassicDocument && method == "POST") await _house.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(5));
        var reply = new Reply(http.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()));
        if (path == "/v1/AuthTokens/Promote" && reply.Status == 200) _token = reply.Json!.Value.GetProperty("auth_token").GetString()!;
        return reply;
    }

    /// <summary>Of the app that the presets have: an organization is open to nobody else.</summary>
    private async Task<string> AccessTokenAsync() => _accessToken ??= (await SendAsync(
        "POST", TokenPath, $"client_id={Presets.ClientId}&client_secret={Presets.ClientSecret}&grant_type=client_credentials",
        "application/x-www-form-urlencoded"))
        .Json!.Value.GetProperty("access_token").GetString()!;

    /// <summary>The key of a thing in an answer.</summary>
    public static string? KeyIn(JsonElement thing, string keyName)
    {
        foreach (var member in thing.EnumerateObject())
        {
            if (member.Name != "sid" && AreAlike(member.Name, keyName)) return member.Value.ToString();
        }
        return thing.TryGetProperty("sid", out var sid) ? sid.GetString() : thing.TryGetProperty("id", out var id) ? id.ToString() : null;
    }

    /// <summary>True for names that differ in case and underscores only.</summary>
    public static bool AreAlike(string one, string other) =>
        one.Replace("_", "", StringComparison.Ordinal)
            .Equals(other.Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    private async Task<string?> KeyAsync(Operation operation, string list, int index, bool isFresh)
    {
        if (operation.Path.Contains("{CountryCode}", StringComparison.Ordinal) && operation.PathNames[^1] == "CountryCode"
            && operation.Path.Split('/')[index] == "{CountryCode}")
        {
            return Natural(operation, "CountryCode");
        }
        if (!isFresh && _instances.TryGetValue(list, out var known)) return known;
        var template = string.Join('/', operation.Path.Split('/')[..index]);
        var collection = Document.Collections.FirstOrDefault(c => Form(c.Path) == Form(template));
        var keyName = operation.Path.Split('/')[index].Replace(".json", "", StringComparison.Ordinal)[1..^1];
        var key = collection is null
            ? await MadeElsewhereAsync(template, list, keyName) ?? Natural(operation, keyName)
            : await ArrangeAsync(collection, operation, list, keyName);
        if (key is not null && !isFresh) _instances[list] = key;
        return key;
    }

    private async Task<string?> ArrangeAsync(Collection collection, Operation operation, string list, string keyName)
    {
        var extension = collection.Operations[0].Path.EndsWith(".json", StringComparison.Ordinal) ? ".json" : "";
        if (collection.Create is { } create && await SendAsync(create, list + extension) is { Status: < 300 } made && made.Json is { } thing
            && KeyIn(thing, keyName) is { } fresh)
        {
            return fresh;
        }
        if (Presets.MadeAt.TryGetValue(collection.Path, out var at)
            && Document.Operations.First(o => o.Kind == OperationKind.Create && o.Collection.Path == at.Collection) is var maker
                && await SendAsync(maker, at.Path) is { Status: < 300, Json: { } job }) return KeyIn(job, keyName);
        if (collection.List is { } listing && await SendAsync("GET", list + extension, null, null) is { Status: 200 } page)
        {
            foreach (var item in page.Json!.Value.GetProperty(listing.ListKey!).EnumerateArray())
            {
                if (KeyIn(item, keyName) is { } first) return first;
            }
        }
        if (await MadeElsewhereAsync(collection.Path, list, keyName) is { } elsewhere) return elsewhere;
        var natural = OfShape(collection, keyName) ?? Natural(operation, keyName);
        // An upsert makes it when it is asked for; what nothing makes is put there.
        if (collection.Update is { } update && !operation.Equals(update) && (collection.Fetch is null || !IsInstance(collection.Fetch))
            && IsInstance(update) && await SendAsync(update, $"{list}/{natural}{extension}") is { Status: < 300 })
        {
            return natural;
        }
        if (collection.Create is null && collection.Fetch is not null)
        {
            await _house.World.Loop.RunAsync(
                () => _house.PutResource(new AccountSid(Account), Document.Host, $"{list}/{natural}", Empty), default);
        }
        if (collection is { Create: null, Fetch: null, Update: not null } && operation.Kind == OperationKind.Delete)
        {
            await SendAsync(collection.Update!, $"{list}/{natural}{extension}");
        }
        return natural;
    }

    /// <summary>Another version of the API may make what this one only shows.</summary>
    private async Task<string?> MadeElsewhereAsync(string template, string list, string keyName)
    {
        var bare = WithoutVersion(template);
        foreach (var document in _catalog.Documents.Where(d => d.Host == Document.Host && d != Document))
        {
            if (document.Collections.FirstOrDefault(
                c => c.Create is not null && Form(WithoutVersion(c.Path)) == Form(bare)) is not { Create: { } create })
            {
                continue;
            }
            var version = create.Path.Split('/')[1];
            if (await SendAsync(create, "/" + version + WithoutVersion(list)) is { Status: < 300, Json: { } thing })
            {
                return KeyIn(thing, keyName);
            }
        }
        return null;
    }

    private string? OfShape(Collection collection, string keyName)
    {
        if (Presets.Natural.ContainsKey(keyName) || (collection.Fetch ?? collection.List)?.Shape is not { } shape) return null;
        var property = shape.Properties.FirstOrDefault(p => AreAlike(p.Name, keyName)) ?? shape.Find("sid");
        property ??= shape.Find("id");
        return property is { Facts: { SidPrefixes.Count: > 0 } or { Pattern: not null } } ? Samples.Text(keyName, property.Facts) : null;
    }

    private static bool IsInstance(Operation operation) => operation.Path.Replace(".json", "", StringComparison.Ordinal).EndsWith('}');

    private static string WithoutVersion(string path) => path.IndexOf('/', 1) is var slash and > 0 ? path[slash..] : path;

    private string Natural(Operation operation, string name)
    {
        if (name == "CountryCode" && Presets.Countries.TryGetValue(operation.Id, out var country)) return country;
        if (Presets.Natural.TryGetValue(name, out var value)) return value;
        foreach (var other in Document.Operations.Prepend(operation))
        {
            if (other.Find(ParameterPlace.Path, name) is { Facts: var facts }
                && (facts.SidPrefixes.Count > 0 || facts.Pattern is not null || facts.Words.Count > 0))
            {
                return Samples.Text(name, facts);
            }
        }
        return Samples.Sid("ZZ");
    }

    private static string Form(string path) =>
        string.Join('/', path.Split('/').Select(s => s.StartsWith('{') || s.Any(char.IsDigit) && s.Length == 34 ? "{}" : s));

    private static readonly JsonElement Empty = JsonSerializer.SerializeToElement(new JsonObject(), JsonContext.Default.JsonObject);
}

/// <summary>What the door answered.</summary>
internal sealed record Reply(int Status, string Body)
{
    public JsonElement? Json
    {
        get
        {
            if (Body.Length == 0 || Body[0] != '{') return null;
            using var json = JsonDocument.Parse(Body);
            return json.RootElement.Clone();
        }
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(JsonObject))]
internal sealed partial class JsonContext : System.Text.Json.Serialization.JsonSerializerContext;
