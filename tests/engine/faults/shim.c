/* Faults for tests: once armed, counts every call that touches a file below some folders, and at the one that was
 * asked for kills the process, or lets the call fail. Loaded with LD_PRELOAD; Linux with glibc.
 *
 * A call counts before it is done, so a kill at call N + 1 is a kill right behind call N.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/xattr.h>
#include <unistd.h>

enum { OFF, COUNT, KILL, KILL_IN_WRITE, SHORT_WRITE, FAIL, FAIL_FROM_HERE, FULL_FROM_HERE };

static int mode = OFF;
static long target, count;
static int error_number, log_file = -1;
static const char *below[4];
static char tracked[4096]; /* descriptor -> whether it is of a file below the folders */

void faults_arm(int how, long at, int error, const char *first, const char *second, int log)
{
    target = at, count = 0, error_number = error, log_file = log;
    below[0] = first, below[1] = second, below[2] = NULL;
    memset(tracked, 0, sizeof tracked);
    mode = how;
}

long faults_disarm(void)
{
    mode = OFF;
    return count;
}

static int is_tracked(int file) { return file >= 0 && file < (int)sizeof tracked && tracked[file]; }

static int concerns(int folder, const char *path)
{
    if (mode == OFF || path == NULL)
        return 0;
    if (path[0] != '/')
        return folder != AT_FDCWD && is_tracked(folder);
    for (int at = 0; below[at]; at++)
        if (strncmp(path, below[at], strlen(below[at])) == 0)
            return 1;
    return 0;
}

static void track(int file, int concerned)
{
    if (file >= 0 && file < (int)sizeof tracked)
        tracked[file] = (char)concerned;
}

/* Whether this call fails now; `takes_room`: whether a full disk minds. Does not return where the process dies. */
static int fails(const char *call, const char *path, int takes_room)
{
    count++;
    if (log_file >= 0)
        dprintf(log_file, "%s %s\n", call, path ? path : "");
    int sticks = mode == FAIL_FROM_HERE || (mode == FULL_FROM_HERE && takes_room);
    if (count == target && mode == KILL)
        kill(getpid(), SIGKILL);
    if ((mode == FAIL && count == target) || (sticks && count >= target)) {
        errno = error_number;
        return 1;
    }
    return 0;
}

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) \
        real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

/* Calls on a path from a folder, on a path, and on an open file. */
#define AT(type, bad, name, room, folder, path, parameters, arguments) \
    type name parameters \
    { \
        REAL(name); \
        if (concerns(folder, path) && fails(#name, path, room)) \
            return bad; \
        return real arguments; \
    }
#define ON(type, bad, name, room, parameters, arguments) \
    type name parameters \
    { \
        REAL(name); \
        if (mode != OFF && is_tracked(file) && fails(#name, NULL, room)) \
            return bad; \
        return real arguments; \
    }

#define OPEN(name) \
    int name(const char *path, int flags, ...) \
    { \
        REAL(name); \
        va_list more; \
        va_start(more, flags); \
        mode_t rights = flags & O_CREAT ? va_arg(more, mode_t) : 0; \
        va_end(more); \
        int concerned = concerns(AT_FDCWD, path); \
        if (concerned && fails(flags & O_CREAT ? #name "+create" : #name, path, flags & O_CREAT)) \
            return -1; \
        int file = real(path, flags, rights); \
        track(file, concerned); \
        return file; \
    }
#define OPENAT(name) \
    int name(int folder, const char *path, int flags, ...) \
    { \
        REAL(name); \
        va_list more; \
        va_start(more, flags); \
        mode_t rights = flags & O_CREAT ? va_arg(more, mode_t) : 0; \
        va_end(more); \
        int concerned = concerns(folder, path); \
        if (concerned && fails(flags & O_CREAT ? #name "+create" : #name, path, flags & O_CREAT)) \
            return -1; \
        int file = real(folder, path, flags, rights); \
        track(file, concerned); \
        return file; \
    }

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

ssize_t write(int file, const void *data, size_t size)
{
    REAL(write);
    if (mode == OFF || !is_tracked(file))
        return real(file, data, size);
    if (fails("write", NULL, 1))
        return -1;
    if (count == target && (mode == KILL_IN_WRITE || mode == SHORT_WRITE)) {
        ssize_t done = real(file, data, (size + 1) / 2);
        if (mode == KILL_IN_WRITE)
            kill(getpid(), SIGKILL);
        return done;
    }
    return real(file, data, size);
}

int close(int file)
{
    REAL(close);
    int concerned = mode != OFF && is_tracked(file);
    track(file, 0);
    int failed = concerned && fails("close", NULL, 0);
    int number = errno;
    int done = real(file); /* Linux closes it, whatever it says */
    if (failed)
        errno = number;
    return failed ? -1 : done;
}

DIR *opendir(const char *path)
{
    REAL(opendir);
    int concerned = concerns(AT_FDCWD, path);
    if (concerned && fails("opendir", path, 0))
        return NULL;
    DIR *folder = real(path);
    if (folder)
        track(dirfd(folder), concerned);
    return folder;
}

#define READDIR(name, type) \
    type *name(DIR *folder) \
    { \
        REAL(name); \
        if (mode != OFF && is_tracked(dirfd(folder)) && fails(#name, NULL, 0)) \
            return NULL; \
        return real(folder); \
    }
READDIR(readdir, struct dirent)
READDIR(readdir64, struct dirent64)

int closedir(DIR *folder)
{
    REAL(closedir);
    track(dirfd(folder), 0);
    return real(folder);
}

ON(ssize_t, -1, read, 0, (int file, void *data, size_t size), (file, data, size))
ON(int, -1, fsync, 1, (int file), (file))
ON(int, -1, fdatasync, 1, (int file), (file))
ON(int, -1, ftruncate, 0, (int file, off_t size), (file, size))
ON(int, -1, ftruncate64, 0, (int file, off64_t size), (file, size))
ON(int, -1, flock, 0, (int file, int how), (file, how))
ON(off64_t, -1, lseek64, 0, (int file, off64_t offset, int from), (file, offset, from))
ON(int, -1, fchmod, 0, (int file, mode_t rights), (file, rights))
ON(int, -1, fchown, 0, (int file, uid_t user, gid_t group), (file, user, group))
ON(int, -1, fstat, 0, (int file, struct stat *into), (file, into))
ON(int, -1, fstat64, 0, (int file, struct stat64 *into), (file, into))
ON(ssize_t, -1, flistxattr, 0, (int file, char *into, size_t size), (file, into, size))
ON(ssize_t, -1, fgetxattr, 0, (int file, const char *name, void *into, size_t size), (file, name, into, size))
ON(int, -1, fsetxattr, 1, (int file, const char *name, const void *value, size_t size, int how),
   (file, name, value, size, how))

AT(int, -1, stat, 0, AT_FDCWD, path, (const char *path, struct stat *into), (path, into))
AT(int, -1, stat64, 0, AT_FDCWD, path, (const char *path, struct stat64 *into), (path, into))
AT(int, -1, lstat, 0, AT_FDCWD, path, (const char *path, struct stat *into), (path, into))
AT(int, -1, lstat64, 0, AT_FDCWD, path, (const char *path, struct stat64 *into), (path, into))
AT(int, -1, fstatat, 0, folder, path, (int folder, const char *path, struct stat *into, int how),
   (folder, path, into, how))
AT(int, -1, fstatat64, 0, folder, path, (int folder, const char *path, struct stat64 *into, int how),
   (folder, path, into, how))
AT(int, -1, access, 0, AT_FDCWD, path, (const char *path, int how), (path, how))
AT(int, -1, faccessat, 0, folder, path, (int folder, const char *path, int how, int flags), (folder, path, how, flags))
AT(ssize_t, -1, readlink, 0, AT_FDCWD, path, (const char *path, char *into, size_t size), (path, into, size))
AT(int, -1, chmod, 0, AT_FDCWD, path, (const char *path, mode_t rights), (path, rights))
AT(int, -1, mkdir, 1, AT_FDCWD, path, (const char *path, mode_t rights), (path, rights))
AT(int, -1, mkdirat, 1, folder, path, (int folder, const char *path, mode_t rights), (folder, path, rights))
AT(int, -1, unlink, 0, AT_FDCWD, path, (const char *path), (path))
AT(int, -1, unlinkat, 0, folder, path, (int folder, const char *path, int how), (folder, path, how))
AT(int, -1, rename, 1, AT_FDCWD, to, (const char *from, const char *to), (from, to))
AT(int, -1, renameat, 1, folder, to, (int other, const char *from, int folder, const char *to),
   (other, from, folder, to))
