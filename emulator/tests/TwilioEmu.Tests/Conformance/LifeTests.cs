using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Tests.Conformance;

/// <summary>Everything that can be made and fetched: made, seen, changed, missed and removed.</summary>
public sealed class LifeTests
{
    private static readonly ApiCatalog Catalog = ApiCatalog.Open();

    public static TheoryData<string> Documents() => [.. Catalog.Documents.Where(d => Collections(d).Any()).Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task What_is_made_can_be_fetched_listed_changed_and_deleted(string name)
    {
        await using var surveyor = await Surveyor.BeginAsync(Catalog, name);
        var faults = new List<string>();
        foreach (var collection in Collections(surveyor.Document))
        {
            if (Exceptions.Reasons.ContainsKey($"{name}/{collection.Create!.Id}")
                || Exceptions.Lives.ContainsKey($"{name}/{collection.Create!.Id}"))
            {
                continue;
            }
            await new Life(surveyor, collection, faults).LiveAsync();
        }
        faults.Should().BeEmpty();
    }

    private static IEnumerable<Collection> Collections(CatalogDocument document) =>
        document.Collections.Where(c => c is { Create: not null, Fetch: not null, KeyName: not null }).OrderBy(c => c.Path.Length);
}

/// <summary>The life of one thing.</summary>
internal sealed class Life(Surveyor surveyor, Collection collection, List<string> faults)
{
    private readonly Operation _create = collection.Create!;
    private readonly Operation _fetch = collection.Fetch!;

    public async Task LiveAsync()
    {
        // 1. Made.
        var listPath = await surveyor.PathAsync(_create);
        var made = await surveyor.SendAsync(_create, listPath!);
        if (made.Status != _create.Status || made.Json is not { } thing || Surveyor.KeyIn(thing, collection.KeyName!) is not { } key)
        {
            Fault("create", made, listPath!);
            return;
        }
        var extension = _fetch.Path.EndsWith(".json", StringComparison.Ordinal) ? ".json" : "";
        var bare = listPath!.EndsWith(".json", StringComparison.Ordinal) ? listPath[..^5] : listPath;
        var path = $"{bare}/{Uri.EscapeDataString(key)}{extension}";

        // 2. Seen.
        var fetched = await surveyor.SendAsync("GET", path, null, null);
        if (fetched.Status != 200 || fetched.Json is not { } seen) Fault("fetch", fetched, path);
        else Compare("fetch", thing, seen);

        // 3. In the list.
        if (collection.List is { Page: not PageStyle.Single } list
            && list.Shape!.Properties.Any(p => p.Name is "sid" or "id" || Surveyor.AreAlike(p.Name, collection.KeyName!)))
        {
            var query = await surveyor.PathAsync(list) is { } asked && asked.Contains('?', StringComparison.Ordinal)
                ? asked[asked.IndexOf('?', StringComparison.Ordinal)..]
                : "";
            var page = await surveyor.SendAsync("GET", bare + extension + query, null, null);
            if (page.Status != 200
                || !page.Json!.Value.GetProperty(list.ListKey!).EnumerateArray().Any(i => Surveyor.KeyIn(i, collection.KeyName!) == key))
            {
                Fault("list", page, listPath);
            }
        }

        // 4. Changed.
        await ChangeAsync(path);

        // 5. Not without what it requires.
        await MissAsync(listPath);

        // 6. Others are not there.
        var stranger = $"{bare}/{Stranger(key)}{extension}";
        var none = await surveyor.SendAsync("GET", stranger, null, null);
        if (none.Status != 404) Fault("fetch of nothing", none, stranger);

        // 7. Removed.
        if (collection.Delete is null || Exceptions.Undying.ContainsKey(collection.Path)) return;
        var gone = await surveyor.SendAsync("DELETE", path, null, null);
        if (gone.Status != collection.Delete.Status) Fault("delete", gone, path);
        var after = await surveyor.SendAsync("GET", path, null, null);
        if (after.Status != 404) Fault("fetch after delete", after, path);
        var again = await surveyor.SendAsync("DELETE", path, null, null);
        if (again.Status != 404) Fault("delete again", again, path);
    }

    private async Task ChangeAsync(string path)
    {
        if (collection.Update is not { Shape: { } shape } update) return;
        var sent = update.Body == BodyKind.Json ? surveyor.Samples.Json(update.BodyShape!) : [];
        var form = update.Body == BodyKind.Form ? surveyor.Form(update) : [];
        if (update.Body == BodyKind.Form && !update.IsClassic || !Exceptions.Undying.ContainsKey(collection.Path))
        {
            foreach (var parameter in update.Parameters.Where(p =>
                p.Place == ParameterPlace.Form && p.Name != "ApiVersion" && Presets.Of(_create).All(f => f.Key != p.Name)
                    && IsPlain(p.Facts) && shape.Find(p.Property) is { } shown && IsPlain(shown.Facts)))
            {
                form.RemoveAll(f => f.Key == parameter.Name);
                form.Add(KeyValuePair.Create(parameter.Name, surveyor.Samples.Text(parameter.Name, parameter.Facts)));
            }
        }
        foreach (var property in update.BodyShape?.Properties.Where(p =>
            IsPlain(p.Facts) && shape.Find(p.Name) is { } shown && IsPlain(shown.Facts)) ?? [])
        {
            sent[property.Name] = surveyor.Samples.Text(property.Name, property.Facts);
        }
        foreach (var (name, value) in Presets.JsonOf(update)) sent[name] = JsonNode.Parse(value);
        var reply = update.Body == BodyKind.Json
            ? await surveyor.SendAsync(update.Method, path, sent.ToJsonString(), "application/json")
            : await surveyor.SendAsync(update.Method, path, Surveyor.Encode(form), "application/x-www-form-urlencoded");
        if (reply.Status != update.Status || reply.Json is not { } changed)
        {
            Fault("update", reply, path);
            return;
        }
        var wanted = form.Select(f => KeyValuePair.Create(update.Find(ParameterPlace.Form, f.Key)!.Property, f.Value))
            .Concat(sent.Where(s => s.Value is JsonValue).Select(s => KeyValuePair.Create(s.Key, s.Value!.ToString())));
        foreach (var (property, value) in wanted.Where(w => shape.Find(w.Key) is { } p && IsPlain(p.Facts)))
        {
            if (changed.GetProperty(property).ToString() != value)
            {
                faults.Add($"{update}: {property} is '{changed.GetProperty(property)}', not '{value}'");
            }
        }
        if (await surveyor.SendAsync("GET", path, null, null) is { Json: { } seen }) Compare("fetch after update", changed, seen);
    }

    private async Task MissAsync(string listPath)
    {
        foreach (var parameter in _create.Parameters.Where(p => p is { Place: ParameterPlace.Form, IsRequired: true }))
        {
            var reply = await surveyor.SendAsync(
                "POST", listPath, Surveyor.Encode(surveyor.Form(_create).Where(f => f.Key != parameter.Name)),
                "application/x-www-form-urlencoded");
            if (reply.Status != 400) Fault($"create without {parameter.Name}", reply, listPath);
        }
        foreach (var property in _create.BodyShape?.Properties.Where(p => p.Facts.IsRequired) ?? [])
        {
            var body = surveyor.Samples.Json(_create.BodyShape!);
            body.Remove(property.Name);
            var reply = await surveyor.SendAsync("POST", listPath, body.ToJsonString(), "application/json");
            if (reply.Status != 400) Fault($"create without {property.Name}", reply, listPath);
        }
    }

    private void Compare(string what, JsonElement one, JsonElement other)
    {
        foreach (var member in one.EnumerateObject())
        {
            if (Exceptions.Fleeting.Contains(member.Name) || !other.TryGetProperty(member.Name, out var there)) continue;
            if (member.Value.ToString() != there.ToString())
            {
                faults.Add($"{_fetch}: {what}: {member.Name} is '{there}', not '{member.Value}'");
            }
        }
    }

    private void Fault(string what, Reply reply, string path) => faults.Add($"{_create}: {what}: {reply.Status} {path} {reply.Body}");

    /// <summary>Another key of the same form.</summary>
    private static string Stranger(string key) =>
        key.Length == 34 ? key[..2] + new string('e', 32)
            : int.TryParse(key, out _) ? "987654"
            : key.StartsWith('+') ? "%2B15550009999"
            : "nobody";

    private static bool IsPlain(ValueFacts facts) =>
        facts is { Type: Rest.Catalog.ValueType.String, IsArray: false, Words.Count: 0, SidPrefixes.Count: 0, Pattern: null }
            && facts.Format is null or "uri";
}
