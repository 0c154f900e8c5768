@echo off
rem Launcher of the SPD Book for Windows: the same steps as the file spd, without the book, which is built on Linux and macOS.
setlocal enableextensions
set "root=%~dp0"
set "root=%root:~0,-1%"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
set "version="
for /f "tokens=3" %%v in ('""%java%" -XshowSettings:properties -version 2^>^&1 | findstr /c:"java.specification.version ="') do set "version=%%v"
if not defined version (echo spd: no Java was found; install a JDK 17 or newer and set JAVA_HOME 1>&2 & exit /b 1)
for /f "tokens=1 delims=." %%m in ("%version%") do set "major=%%m"
if %major% LSS 17 (echo spd: JDK 17 or newer is needed, found %version%; install one and set JAVA_HOME 1>&2 & exit /b 1)

if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=1"
if not defined MKL_NUM_THREADS set "MKL_NUM_THREADS=1"
set "DJL_OFFLINE=true"
set "DJL_CACHE_DIR=%root%\.spd\djl"
rem PyTorch's natives: those of pom.xml for the CPU, or a profile of it with others, which builds into a folder of its own.
set "target=target"
set "natives="
if defined SPD_NATIVES (
  set "target=target\%SPD_NATIVES%"
  set "natives=-P%SPD_NATIVES%"
)
set "venv=%root%\.spd\venv"
set "python=%venv%\Scripts\python.exe"

if "%~1"=="setup" (call :setup & goto end)
if "%~1"=="quickstart" (call :quickstart & goto end)
if "%~1"=="lab" (call :lab & goto end)
if "%~1"=="book" (echo spd: the book is built on Linux and macOS only 1>&2 & exit /b 2)
if "%~1"=="test" (call :test %2 & goto end)
if not exist "%root%\spd-magics\%target%\lib" (call :build || exit /b 1)
if "%~1"=="" (call :words help) else (call :words %*)
:end
exit /b %errorlevel%

:build
echo spd: building (the first time about 230 MB are downloaded) 1>&2
set "revision=unknown"
for /f %%r in ('git -C "%root%" describe --always --dirty --abbrev^=12 --exclude^=* 2^>nul') do set "revision=%%r"
call "%root%\mvnw.cmd" -q -B -f "%root%\pom.xml" %natives% -DskipTests "-Dspd.revision=%revision%" package || (echo spd: the build failed; its output is above 1>&2 & exit /b 1)
exit /b 0

:words
"%java%" --enable-native-access=ALL-UNNAMED -Dai.djl.offline=true -Djava.awt.headless=true -Dfile.encoding=UTF-8 -Djdk.console=java.base "-Dspd.lib=%root%\spd-magics\%target%\lib\*" "-Dspd.jupyter=%venv%" -cp "%root%\spd-magics\%target%\lib\*" org.spdbook.magics.Spd %*
exit /b %errorlevel%

:setup
call :build || exit /b 1
if not exist "%venv%\installed" (
  echo spd: installing JupyterLab into .spd\venv ^(about 50 MB are downloaded^) 1>&2
  py -3 -m venv --clear "%venv%" || (echo spd: Python 3.10 or newer with its venv module is needed for Jupyter 1>&2 & exit /b 1)
  "%python%" -m pip install --quiet --disable-pip-version-check -r "%root%\requirements.txt" || (echo spd: installing requirements.txt failed; the reason is above 1>&2 & exit /b 1)
  echo done> "%venv%\installed"
)
call :words kernel install --prefix "%venv%" || exit /b 1
call :words doctor > "%root%\.spd\doctor.txt" || (echo spd: something does not work here; see .spd\doctor.txt 1>&2 & exit /b 1)
exit /b 0

:jupyter
set "JUPYTER_CONFIG_DIR=%root%\.spd\jupyter"
set "JUPYTER_DATA_DIR=%root%\.spd\jupyter\data"
set "IPYTHONDIR=%root%\.spd\jupyter\ipython"
if not defined SPD_RUNS set "SPD_RUNS=%root%\runs"
if not exist "%IPYTHONDIR%" mkdir "%IPYTHONDIR%"
exit /b 0

:quickstart
call :setup || exit /b 1
call :jupyter
"%python%" "%root%\notebooks\execute.py" --out "%root%\.spd\quickstart" --show table "%root%\notebooks\00-quickstart.ipynb" || (echo spd: the notebook failed; the reason is above 1>&2 & exit /b 1)
echo The executed notebook is .spd\quickstart\00-quickstart.ipynb. 1>&2
echo Go on: spd lab opens JupyterLab on the notebooks; spd help lists the words. 1>&2
exit /b 0

:lab
call :setup || exit /b 1
call :jupyter
cd /d "%root%\notebooks"
"%python%" -m jupyterlab
exit /b %errorlevel%

:test
set "excluded=slow"
set "groups="
if "%~1"=="--all" set "excluded="
if "%~1"=="--gpu" (
  set "excluded="
  set "groups=gpu"
)
set "failed=0"
call "%root%\mvnw.cmd" -B -f "%root%\pom.xml" %natives% "-Dtest.groups=%groups%" "-Dtest.excludedGroups=%excluded%" verify || set "failed=1"
if "%~1"=="--gpu" exit /b %failed%
call :setup || exit /b 1
call :jupyter
"%python%" "%root%\kernel\src\test\python\run.py" "%root%\kernel\src\test\python" "%root%\spd-magics\src\test\python" || set "failed=1"
for %%n in ("%root%\notebooks\*.ipynb") do "%python%" "%root%\notebooks\execute.py" --twice "%%n" || set "failed=1"
if "%failed%"=="0" (echo spd test: all parts passed) else (echo spd test: a part failed; see above 1>&2)
exit /b %failed%
