// An ordinary test suite against a running emulator, as suite.mjs: callbacks, timers, calls led by hand, cancels right after creates.
// dotnet run suite.cs -- URL REPEATS; one line of JSON for what it measured. A program in one file; needs nothing but the .NET SDK.
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
#:property NuGetAudit=false
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

const string Account = "AC00000000000000000000000000000001", Token = "00000000000000000000000000000001", Number = "+14155550100";
var url = args.ElementAtOrDefault(0) ?? "http://127.0.0.1:4010";
var repeats = int.Parse(args.ElementAtOrDefault(1) ?? "1");
var seen = new ConcurrentQueue<Dictionary<string, string>>();
using var client = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromMinutes(5) };
client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Account}:{Token}")));

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
await using var app = builder.Build();
app.MapPost("/{page}", async (string page, HttpRequest request) =>
{
    var form = request.HasFormContentType ? (await request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString()) : [];
    form["path"] = page;
    seen.Enqueue(form);
    // An app that does something on its own a while after it has answered.
    if (page == "later") _ = Task.Delay(150).ContinueWith(_ => Post("Messages.json", ("To", "+14155550366"), ("From", Number), ("Body", "later")));
    return Results.Text("<Response>" + page switch
    {
        "menu" => "<Gather numDigits=\"1\" action=\"/picked\" timeout=\"5\"><Say>Press 1</Say></Gather><Say>No input</Say>",
        "picked" => $"<Say>You pressed {form.GetValueOrDefault("Digits")}</Say>",
        "long" => "<Pause length=\"60\"/>",
        "hello" => "<Say>Redirected</Say>",
        "sms" => $"<Message>echo {form.GetValueOrDefault("Body")}</Message>",
        _ => "",
    } + "</Response>", "text/xml");
});
await app.StartAsync();
var home = app.Urls.First();

var numbers = await Get("IncomingPhoneNumbers.json");
var sidOfNumber = numbers["incoming_phone_numbers"]!.AsArray().First(n => (string)n!["phone_number"]! == Number)!["sid"];
await Post($"IncomingPhoneNumbers/{sidOfNumber}.json", ("SmsUrl", $"{home}/sms"), ("VoiceUrl", $"{home}/menu"));

var tests = new (string Name, Func<Task> Run)[]
{
    ("cancels a call right after it was made", async () =>
    {
        var call = await Post("Calls.json", ("To", "+14155550361"), ("From", Number), ("Url", $"{home}/long"));
        await Post($"Calls/{call["sid"]}.json", ("Status", "canceled"));
    }),
    ("redirects a call that has just been answered", async () =>
    {
        var call = await Post("Calls.json", ("To", "+14155550362"), ("From", Number), ("Url", $"{home}/long"));
        await Expect("10s", $$"""{"kind":"call.in-progress","subject":"{{call["sid"]}}"}""");
        await Post($"Calls/{call["sid"]}.json", ("Url", $"{home}/hello"));
        await Expect("60s", $$"""{"kind":"call.completed","subject":"{{call["sid"]}}"}""");
    }),
    ("redacts a message right after it was delivered", async () =>
    {
        var message = await Post("Messages.json", ("To", "+14155550363"), ("From", Number), ("Body", "secret"));
        await Expect("60s", $$"""{"kind":"message.delivered","subject":"{{message["sid"]}}"}""");
        await Post($"Messages/{message["sid"]}.json", ("Body", ""));
    }),
    ("a caller who thinks presses a key in time", async () =>
    {
        var call = await Act("handsets/+14155550364/calls", $$"""{"to":"{{Number}}"}""");
        await Heard(call, "Press 1", "10s");
        await Task.Delay(100);
        await Act($"calls/{call["call_sid"]}/digits", """{"digits":"1"}""");
        await Heard(call, "You pressed 1", "10s");
    }),
    ("a caller who presses nothing is told so", async () => await Heard(await Act("handsets/+14155550365/calls", $$"""{"to":"{{Number}}"}"""), "No input", "20s")),
    ("expects what the app does a while later", async () =>
    {
        var journal = await client.GetFromJsonAsync<JsonNode>("/_emu/v1/journal?limit=1");
        using var answer = await client.PostAsync($"{home}/later", null);
        await Expect("10s", """{"kind":"handset.received","subject":"+14155550366"}""", (long)journal!["last_seq"]!);
    }),
    ("ten texts leave one a second, and every callback comes", async () =>
    {
        var sids = new List<string>();
        for (var i = 0; i < 10; i++) sids.Add((string)(await Post("Messages.json", ("To", "+14155550368"), ("From", Number), ("Body", $"{i}"), ("StatusCallback", $"{home}/status")))["sid"]!);
        await Expect("60s", $$"""{"kind":"message.delivered","subject":"{{sids[9]}}"}""");
        for (var i = 0; i < 50; i++)
        {
            if (sids.All(s => seen.Any(r => r.GetValueOrDefault("MessageSid") == s && r.GetValueOrDefault("MessageStatus") == "delivered"))) return;
            await Task.Delay(20);
        }
        throw new InvalidOperationException("a callback is missing");
    }),
    ("a text is answered before the test goes on", async () =>
    {
        var text = await Act("handsets/+14155550369/messages", $$"""{"to":"{{Number}}","body":"hi"}""");
        if (!seen.Any(r => r["path"] == "sms" && r.GetValueOrDefault("MessageSid") == (string)text["message_sid"]!)) throw new InvalidOperationException("not yet");
    }),
    ("a minute of silence passes", async () =>
    {
        var call = await Post("Calls.json", ("To", "+14155550370"), ("From", Number), ("Url", $"{home}/long"));
        await Expect("120s", $$"""{"kind":"call.completed","subject":"{{call["sid"]}}"}""");
    }),
    ("nothing comes where nothing was sent", async () => await Expect("10s", """{"kind":"handset.received","subject":"+14155550371"}""", wanted: 408)),
};

var failures = new Dictionary<string, string>();
var (passed, wall, world) = (0, Stopwatch.StartNew(), await Now());
for (var run = 0; run < repeats; run++)
{
    var isFine = true;
    foreach (var (name, test) in tests)
    {
        try { await test(); }
        catch (Exception fault) { (isFine, failures[name]) = (false, fault.Message); }
    }
    if (isFine) passed++;
}
var told = new JsonObject
{
    ["suite"] = "c#", ["passed"] = passed, ["of"] = repeats, ["tests"] = tests.Length, ["wall_seconds"] = Math.Round(wall.Elapsed.TotalSeconds, 2),
    ["world_seconds"] = Math.Round((await Now() - world).TotalSeconds, 1), ["failures"] = new JsonObject(failures.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)JsonValue.Create(f.Value)))),
};
Console.WriteLine(told.ToJsonString());
return passed == repeats ? 0 : 1;

async Task<JsonNode> Read(HttpResponseMessage answer, string what, int? wanted = null)
{
    using (answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        if (wanted is { } status ? (int)answer.StatusCode != status : !answer.IsSuccessStatusCode) throw new InvalidOperationException($"{what}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text.Length == 0 ? "{}" : text)!;
    }
}

async Task<JsonNode> Post(string path, params (string Name, string Value)[] fields)
{
    using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
    return await Read(await client.PostAsync($"/2010-04-01/Accounts/{Account}/{path}", form), path);
}

async Task<JsonNode> Get(string path) => await Read(await client.GetAsync($"/2010-04-01/Accounts/{Account}/{path}"), path);

async Task<JsonNode> Act(string path, string json, int? wanted = null)
{
    using var content = new StringContent(json, Encoding.UTF8, "application/json");
    return await Read(await client.PostAsync($"/_emu/v1/{path}", content), path, wanted);
}

Task<JsonNode> Expect(string within, string match, long after = 0, int? wanted = null) => Act("expect", $$"""{"match":{{match}},"within":"{{within}}","after":{{after}}}""", wanted);

Task<JsonNode> Heard(JsonNode call, string words, string within) =>
    Expect(within, $$"""{"kind":"call.heard","subject":"{{call["call_sid"]}}","data":{"words":{"contains":"{{words}}"} } }""");

async Task<DateTimeOffset> Now() => DateTimeOffset.Parse((string)(await client.GetFromJsonAsync<JsonNode>("/_emu/v1/clock"))!["now"]!);
