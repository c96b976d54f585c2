using System.Net.Http.Headers;
using System.Text.Json;
using TwilioEmu.Bench.Driving;

namespace TwilioEmu.Bench.Paths;

/// <summary>
/// A resource that is only stored (an activity of TaskRouter): made, fetched,
/// and listed fifty of many, each beside a bare answer of the same size.
/// </summary>
internal static class StoredResources
{
    private const int Connections = 32;
    private const int WarmUp = 20_000;
    private const int Requests = 100_000;
    private const int Lists = 10_000;
    private const int Few = 1_000;
    private const int Many = 100_000;

    public static async Task<int> RunAsync(Programs programs)
    {
        using var bare = await Child.StartAsync(programs.Bare);
        using var emulator = await Child.StartAsync(programs.Emulator, await Programs.ServeAsync("manual", 1));
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{emulator.Port}/") };
        http.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(Programs.Authorization);
        var (few, many) = (await PlaceAsync(http), await PlaceAsync(http));
        Out.WriteLine($"a stored resource, {Connections} connections");

        // 1. Creates.
        await FillAsync(emulator, few, Few);
        _ = await BarePostAsync(bare, WarmUp);
        await FillAsync(emulator, many, WarmUp);
        Tell("create", await BarePostAsync(bare, Requests), await FillAsync(emulator, many, Many - WarmUp));

        // 2. Fetches.
        var one = await MakeAsync(http, many, "FriendlyName=one");
        var size = (await http.GetByteArrayAsync($"{many}/{one}")).Length;
        await GetAsync(bare, $"/bytes/{size}", WarmUp);
        await GetAsync(emulator, $"/{many}/{one}", WarmUp);
        Tell($"fetch ({size} bytes)", await GetAsync(bare, $"/bytes/{size}", Requests), await GetAsync(emulator, $"/{many}/{one}", Requests));

        // 3. Lists of a hundred thousand, and of a thousand before and after.
        var page = (await http.GetByteArrayAsync(many + "?PageSize=50")).Length;
        await ListAsync(emulator, many, Lists);
        await GetAsync(bare, $"/bytes/{page}", Lists);
        var before = await ListAsync(emulator, few, Lists);
        var listOfMany = await ListAsync(emulator, many, Lists);
        var after = await ListAsync(emulator, few, Lists);
        Tell($"list ({page} bytes)", await GetAsync(bare, $"/bytes/{page}", Lists), listOfMany);
        Out.WriteLine($"list of {Many:N0} beside list of {Few:N0}: "
            + $"{listOfMany.PerSecond / ((before.PerSecond + after.PerSecond) / 2):0.00} ({before.PerSecond:N0}, "
            + $"{listOfMany.PerSecond:N0}, {after.PerSecond:N0}/s)");
        return 0;
    }

    private static async Task<string> PlaceAsync(HttpClient http) =>
        $"taskrouter/v1/Workspaces/{await MakeAsync(http, "taskrouter/v1/Workspaces", "FriendlyName=bench")}/Activities";

    private static void Tell(string what, LoadResult bare, LoadResult ours)
    {
        Out.WriteLine($"{what,-20} bare      {bare}");
        Out.WriteLine($"{what,-20} emulator  {ours}");
        Out.WriteLine($"{what,-20} ratio     {ours.PerSecond / bare.PerSecond:0.00}");
    }

    private static async Task<string> MakeAsync(HttpClient http, string path, string form)
    {
        using var answer = await http.PostAsync(path, new StringContent(form, new MediaTypeHeaderValue("application/x-www-form-urlencoded")));
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("sid").GetString()!;
    }

    private static Task<LoadResult> FillAsync(Child child, string list, int count) =>
        HttpLoad.PostAsync(child.Port, "/" + list, Programs.Authorization, i => $"FriendlyName=Activity+{i}&Available=true", Connections, count);

    private static Task<LoadResult> BarePostAsync(Child child, int count) =>
        HttpLoad.PostAsync(child.Port, Programs.MessagesPath, Programs.Authorization, i => $"Body={i}&From=a&To=b", Connections, count);

    private static Task<LoadResult> GetAsync(Child child, string path, int count) =>
        HttpLoad.GetAsync(child.Port, _ => path, Programs.Authorization, Connections, count);

    private static Task<LoadResult> ListAsync(Child child, string list, int count) => GetAsync(child, $"/{list}?PageSize=50", count);
}
