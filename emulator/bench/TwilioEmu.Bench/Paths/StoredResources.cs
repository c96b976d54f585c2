using System.Net.Http.Headers;
using System.Text.Json;
using TwilioEmu.Bench.Driving;

namespace TwilioEmu.Bench.Paths;

/// <summary>A resource that is only stored (a Sync document): made, fetched, and listed fifty of many, each beside a bare answer of the same size.</summary>
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
        var service = await MakeAsync(http, "sync/v1/Services", "FriendlyName=bench");
        var documents = $"sync/v1/Services/{service}/Documents";
        Out.WriteLine($"a stored resource, {Connections} connections");

        // 1. Lists of a thousand.
        await FillAsync(emulator, documents, Few);
        await ListAsync(emulator, documents, Lists);
        var listOfFew = await ListAsync(emulator, documents, Lists);

        // 2. Creates, up to a hundred thousand.
        var bareCreates = await BarePostAsync(bare, WarmUp);
        bareCreates = await BarePostAsync(bare, Requests);
        var creates = await FillAsync(emulator, documents, Many - Few);
        Tell("create", bareCreates, creates);

        // 3. Fetches.
        var one = await MakeAsync(http, documents, "Data=%7B%22a%22%3A1%7D");
        var size = (await http.GetByteArrayAsync($"{documents}/{one}")).Length;
        await GetAsync(bare, $"/bytes/{size}", WarmUp);
        await GetAsync(emulator, $"/{documents}/{one}", WarmUp);
        Tell($"fetch ({size} bytes)", await GetAsync(bare, $"/bytes/{size}", Requests), await GetAsync(emulator, $"/{documents}/{one}", Requests));

        // 4. Lists of a hundred thousand.
        var page = (await http.GetByteArrayAsync(documents + "?PageSize=50")).Length;
        var bareLists = await GetAsync(bare, $"/bytes/{page}", Lists);
        var listOfMany = await ListAsync(emulator, documents, Lists);
        Tell($"list ({page} bytes)", bareLists, listOfMany);
        Out.WriteLine($"list of {Many:N0} beside list of {Few:N0}: {listOfMany.PerSecond / listOfFew.PerSecond:0.00}");
        return 0;
    }

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

    private static Task<LoadResult> FillAsync(Child child, string documents, int count) =>
        HttpLoad.PostAsync(child.Port, "/" + documents, Programs.Authorization, i => $"Data=%7B%22number%22%3A{i}%7D", Connections, count);

    private static Task<LoadResult> BarePostAsync(Child child, int count) =>
        HttpLoad.PostAsync(child.Port, Programs.MessagesPath, Programs.Authorization, i => $"Body={i}&From=a&To=b", Connections, count);

    private static Task<LoadResult> GetAsync(Child child, string path, int count) => HttpLoad.GetAsync(child.Port, _ => path, Programs.Authorization, Connections, count);

    private static Task<LoadResult> ListAsync(Child child, string documents, int count) => GetAsync(child, $"/{documents}?PageSize=50", count);
}
