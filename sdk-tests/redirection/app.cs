// .NET's own HTTPS client, which is the SDK's too: no line about an emulator. A program in one file: dotnet run app.cs
#:property PublishAot=false
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

var sid = Environment.GetEnvironmentVariable("TWILIO_ACCOUNT_SID");
using var http = new HttpClient();
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
    "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{sid}:{Environment.GetEnvironmentVariable("TWILIO_AUTH_TOKEN")}")));
using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["To"] = "+14155550199", ["From"] = "+14155550100", ["Body"] = "from .NET" });
using var answer = await http.PostAsync($"https://api.twilio.com/2010-04-01/Accounts/{sid}/Messages.json", form);
answer.EnsureSuccessStatusCode();
Console.WriteLine($$"""{"message":"{{Regex.Match(await answer.Content.ReadAsStringAsync(), "\"sid\":\"(SM[0-9a-f]{32})\"").Groups[1].Value}}"}""");
