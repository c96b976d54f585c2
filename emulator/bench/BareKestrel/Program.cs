// The measure of "as fast as it gets": parses the same form, checks the same credentials, answers a body of the same size,
// and remembers nothing. A second port, where one is given, sends back every octet that comes.
using System.Net;
using System.Net.Sockets;
using System.Text;

const string Account = "AC00000000000000000000000000000001";
const string Token = "00000000000000000000000000000001";
var expected = "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Account}:{Token}"));
var padding = new string('x', 640);
var bytes = Encoding.ASCII.GetBytes(new string('x', 1 << 20));

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
var app = builder.Build();
app.Urls.Add($"http://127.0.0.1:{(args.Length > 0 ? args[0] : "0")}");
app.MapGet("/_emu/v1/health", () => "ready");
app.MapPost("/2010-04-01/Accounts/{account}/Messages.json", async context =>
{
    if (context.Request.Headers.Authorization != expected)
    {
        context.Response.StatusCode = 401;
        return;
    }
    var form = await context.Request.ReadFormAsync();
    var body = Encoding.UTF8.GetBytes($$"""{"body":"{{form["Body"]}}","from":"{{form["From"]}}","to":"{{form["To"]}}","padding":"{{padding}}"}""");
    context.Response.StatusCode = 201;
    context.Response.ContentType = "application/json";
    context.Response.ContentLength = body.Length;
    await context.Response.Body.WriteAsync(body);
});
app.MapGet("/bytes/{count:int}", async (HttpContext context, int count) =>
{
    if (context.Request.Headers.Authorization != expected)
    {
        context.Response.StatusCode = 401;
        return;
    }
    context.Response.ContentType = "application/json";
    context.Response.ContentLength = count;
    await context.Response.Body.WriteAsync(bytes.AsMemory(0, count));
});
await app.StartAsync();
if (args.Length > 1) _ = EchoAsync(int.Parse(args[1]));
Console.WriteLine($"ready {app.Urls.First()}");
await app.WaitForShutdownAsync();

static async Task EchoAsync(int port)
{
    using var listener = new TcpListener(IPAddress.Loopback, port);
    listener.Start();
    while (true) _ = ServeAsync(await listener.AcceptSocketAsync());

    static async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            socket.NoDelay = true;
            var buffer = new byte[1 << 16];
            for (var count = await socket.ReceiveAsync(buffer); count > 0; count = await socket.ReceiveAsync(buffer))
            {
                for (var at = 0; at < count;) at += await socket.SendAsync(buffer.AsMemory(at, count - at));
            }
        }
    }
}
